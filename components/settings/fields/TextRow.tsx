import type { SettingField, SettingKey } from "../../../lib/shared/mod.ts";
import { useFields } from "./context.ts";
import { rowIds, SettingRow } from "./SettingRow.tsx";

type Text = Extract<SettingField, { control: "text" }>;

/** Free text. */
export function TextRow({ name, field }: { name: SettingKey; field: Text }) {
  const { model } = useFields();
  const { control, hint } = rowIds(name);
  const shared = {
    id: control,
    name,
    class: "field__control",
    maxLength: field.maxLength,
    value: String(model.values.value[name]),
    "aria-describedby": hint,
  };
  const change = (value: string) => model.change({ [name]: value }, { pause: true });
  return (
    <SettingRow name={name} kind="block">
      {field.multiline
        ? <textarea {...shared} rows={5} onInput={(event) => change(event.currentTarget.value)} />
        : <input {...shared} onInput={(event) => change(event.currentTarget.value)} />}
    </SettingRow>
  );
}
