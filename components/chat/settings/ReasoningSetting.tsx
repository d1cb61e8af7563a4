import type { ReasoningEffort } from "../../../lib/shared/mod.ts";
import { usePage } from "../context.ts";

const EFFORTS: readonly (ReasoningEffort | undefined)[] = [undefined, "off", "low", "medium", "high"];

/** How much the model thinks before it answers. */
export function ReasoningSetting() {
  const { runSettings, t } = usePage();
  const value = runSettings.values.value.reasoning;
  return (
    <fieldset class="field">
      <legend class="field__label">{t("panel.reasoning")}</legend>
      <div class="segmented">
        {EFFORTS.map((effort) => (
          <label key={effort ?? "auto"} class="segmented__option">
            <input
              class="visually-hidden"
              type="radio"
              name="reasoning"
              checked={effort === value}
              onChange={() => runSettings.change({ reasoning: effort })}
            />
            {t(`effort.${effort ?? "auto"}`)}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
