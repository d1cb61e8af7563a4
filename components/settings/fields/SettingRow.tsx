import type { ComponentChildren } from "preact";
import type { SettingKey } from "../../../lib/shared/mod.ts";
import { useSettings } from "../context.ts";

/** The ids of a setting's label and hint, by which its control is named and described. */
export function rowIds(name: SettingKey): { control: string; label: string; hint: string } {
  const control = `setting-${name}`;
  return { control, label: `${control}-label`, hint: `${control}-hint` };
}

/** One setting: what it is at the left, its control at the right, or below where that is wide. */
export function SettingRow({ name, kind, children }: {
  name: SettingKey;
  /** `inline` keeps the control beside the label on phones too; `block` puts it below everywhere; `field` is a single control. */
  kind: "inline" | "field" | "group" | "block";
  children: ComponentChildren;
}) {
  const { t } = useSettings();
  const { control, label, hint } = rowIds(name);
  const text = t(`settings.${name}`);
  return (
    <div class={`setting setting--${kind}`}>
      <div class="setting__text">
        {kind === "group"
          ? <span id={label} class="setting__label">{text}</span>
          : <label id={label} for={control} class="setting__label">{text}</label>}
        <p id={hint} class="setting__hint">{t(`settings.${name}.hint`)}</p>
      </div>
      <div class="setting__control">{children}</div>
    </div>
  );
}
