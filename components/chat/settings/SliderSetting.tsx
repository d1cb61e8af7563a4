import { useId } from "preact/hooks";
import { formatNumber } from "../../../lib/client/format.ts";
import { usePage } from "../context.ts";
import { ResetButton } from "./ResetButton.tsx";

/** A setting between two bounds. Without a default of the person's own, an unset one is left to the model server. */
export function SliderSetting({ name, label, hint, min, max, step, fallback }: {
  name: "temperature" | "topP";
  label: string;
  hint: string;
  min: number;
  max: number;
  step: number;
  fallback?: number;
}) {
  const { runSettings, data, t } = usePage();
  const id = useId();
  const value = runSettings.values.value[name];
  const shown = value ?? fallback;
  return (
    <div class="field">
      <div class="field__label">
        <label for={id}>{label}</label>
        <span class="field__tail">
          {value !== undefined && (
            <ResetButton
              label={label}
              onReset={() => runSettings.change({ [name]: undefined })}
            />
          )}
          <output class="field__value" for={id}>
            {shown === undefined ? t("panel.byServer") : formatNumber(shown, data.language, 2)}
          </output>
        </span>
      </div>
      <input
        id={id}
        class="slider"
        type="range"
        min={min}
        max={max}
        step={step}
        value={shown ?? max}
        aria-describedby={`${id}-hint`}
        onInput={(event) => runSettings.change({ [name]: event.currentTarget.valueAsNumber })}
      />
      <p id={`${id}-hint`} class="field__hint">{hint}</p>
    </div>
  );
}
