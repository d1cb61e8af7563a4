import { SETTING_FIELDS, type SettingKey } from "../../../lib/shared/mod.ts";
import { ChoiceRow } from "./ChoiceRow.tsx";
import { ModelRow } from "./ModelRow.tsx";
import { SliderRow } from "./SliderRow.tsx";
import { TextRow } from "./TextRow.tsx";
import { ThemeRow } from "./ThemeRow.tsx";
import { ToggleRow } from "./ToggleRow.tsx";

/** A setting with the control that the table of settings has for it. */
export function FieldRow({ name }: { name: SettingKey }) {
  const field = SETTING_FIELDS[name];
  switch (field.control) {
    case "toggle":
      return <ToggleRow name={name} />;
    case "slider":
      return <SliderRow name={name} field={field} />;
    case "select":
      return name === "theme"
        ? <ThemeRow options={field.options} />
        : <ChoiceRow name={name} options={field.options} />;
    case "text":
      return <TextRow name={name} field={field} />;
    case "model":
      return <ModelRow name={name} />;
  }
}
