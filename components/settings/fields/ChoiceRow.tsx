import type { SettingKey } from "../../../lib/shared/mod.ts";
import type { TextKey } from "../../../lib/shared/texts/mod.ts";
import { useSettings } from "../context.ts";
import { useFields } from "./context.ts";
import { rowIds, SettingRow } from "./SettingRow.tsx";

/** More values than this are chosen from a list. */
const MOST_SEGMENTS = 4;

/** A setting with a few values. */
export function ChoiceRow({ name, options }: { name: SettingKey; options: readonly string[] }) {
  const { t } = useSettings();
  const { model } = useFields();
  const { control, label, hint } = rowIds(name);
  const value = model.values.value[name];
  const text = (option: string) => t(optionText(name, option));
  if (options.length > MOST_SEGMENTS) {
    return (
      <SettingRow name={name} kind="field">
        <select
          id={control}
          name={name}
          class="field__control"
          value={String(value)}
          aria-describedby={hint}
          onChange={(event) => model.change({ [name]: event.currentTarget.value })}
        >
          {options.map((option) => (
            <option key={option} value={option} selected={option === value}>{text(option)}</option>
          ))}
        </select>
      </SettingRow>
    );
  }
  return (
    <SettingRow name={name} kind="group">
      <div class="segmented" role="radiogroup" aria-labelledby={label} aria-describedby={hint}>
        {options.map((option) => (
          <label key={option} class="segmented__option">
            <input
              class="visually-hidden"
              type="radio"
              name={name}
              value={option}
              checked={option === value}
              onChange={() => model.change({ [name]: option })}
            />
            {text(option)}
          </label>
        ))}
      </div>
    </SettingRow>
  );
}

/** The text of a value; that there is one for each is checked where the texts are. */
export function optionText(name: SettingKey, option: string): TextKey {
  return `settings.${name}.${option}` as TextKey;
}
