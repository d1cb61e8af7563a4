import { useSettings } from "../context.ts";
import { optionText } from "./ChoiceRow.tsx";
import { useFields } from "./context.ts";
import { rowIds } from "./SettingRow.tsx";

/** The theme, as small pictures of itself. */
export function ThemeRow({ options }: { options: readonly string[] }) {
  const { t } = useSettings();
  const { model } = useFields();
  const { label, hint } = rowIds("theme");
  return (
    <div class="setting setting--block">
      <div class="setting__text">
        <span id={label} class="setting__label">{t("settings.theme")}</span>
        <p id={hint} class="setting__hint">{t("settings.theme.hint")}</p>
      </div>
      <div class="themes" role="radiogroup" aria-labelledby={label} aria-describedby={hint}>
        {options.map((option) => (
          <label key={option} class="theme">
            <input
              class="visually-hidden"
              type="radio"
              name="theme"
              value={option}
              checked={option === model.values.value.theme}
              onChange={() => model.change({ theme: option as "system" })}
            />
            <ThemePicture name={option} />
            <span class="theme__name">{t(optionText("theme", option))}</span>
          </label>
        ))}
      </div>
    </div>
  );
}

function ThemePicture({ name }: { name: string }) {
  return (
    <span class={`theme__picture theme__picture--${name}`} aria-hidden="true">
      <span class="theme__side" />
      <span class="theme__question" />
      <span class="theme__answer" />
      <span class="theme__answer theme__answer--short" />
      <span class="theme__accent" />
    </span>
  );
}
