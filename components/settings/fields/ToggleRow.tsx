import type { SettingKey } from "../../../lib/shared/mod.ts";
import { useFields } from "./context.ts";
import { rowIds, SettingRow } from "./SettingRow.tsx";

/** A setting that is on or off. */
export function ToggleRow({ name }: { name: SettingKey }) {
  const { model } = useFields();
  const { control, hint } = rowIds(name);
  return (
    <SettingRow name={name} kind="inline">
      <span class="switch">
        <input
          id={control}
          name={name}
          type="checkbox"
          role="switch"
          checked={model.values.value[name] === true}
          aria-describedby={hint}
          onChange={(event) => model.change({ [name]: event.currentTarget.checked })}
        />
      </span>
    </SettingRow>
  );
}
