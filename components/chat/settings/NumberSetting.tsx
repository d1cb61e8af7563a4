import { ariaState } from "../../aria.ts";
import { useEffect, useId, useState } from "preact/hooks";
import { formatCount } from "../../../lib/client/format.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { ResetButton } from "./ResetButton.tsx";

/** A whole number, or nothing for the default. What is no such number is marked and not taken. */
export function NumberSetting({ name, label, placeholder, min, max }: {
  name: "maxTokens" | "seed";
  label: string;
  placeholder: string;
  min: number;
  max: number;
}) {
  const { runSettings, data, t } = usePage();
  const id = useId();
  const value = runSettings.values.value[name];
  const [text, setText] = useState(value === undefined ? "" : String(value));
  useEffect(() => setText(value === undefined ? "" : String(value)), [value]);
  const isInvalid = text.trim() !== "" && !isWhole(text, min, max);
  const onInput = (typed: string) => {
    setText(typed);
    if (typed.trim() === "") runSettings.change({ [name]: undefined });
    else if (isWhole(typed, min, max)) runSettings.change({ [name]: Number(typed) });
  };
  return (
    <div class="field">
      <div class="field__label">
        <label for={id}>{label}</label>
        {value !== undefined && (
          <ResetButton
            label={label}
            onReset={() => runSettings.change({ [name]: undefined })}
          />
        )}
      </div>
      <input
        id={id}
        class="field__control"
        inputMode="numeric"
        autocomplete="off"
        placeholder={placeholder}
        value={text}
        aria-invalid={ariaState(isInvalid)}
        aria-describedby={isInvalid ? `${id}-problem` : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {isInvalid && (
        <p id={`${id}-problem`} class="field__problem" role="alert">
          <Icon name="circle-alert" />
          {t("field.whole", { min: formatCount(min, data.language), max: formatCount(max, data.language) })}
        </p>
      )}
    </div>
  );
}

function isWhole(text: string, min: number, max: number): boolean {
  const value = Number(text);
  return Number.isInteger(value) && value >= min && value <= max;
}
