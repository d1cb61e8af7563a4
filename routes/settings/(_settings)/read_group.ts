import { settingsPatchSchema } from "../../../lib/access/mod.ts";
import { validate } from "../../../lib/app/mod.ts";
import {
  SETTING_GROUPS,
  type SettingField,
  type SettingGroup,
  type UiSettings,
} from "../../../lib/shared/mod.ts";

/** The settings of a group out of its posted form. Throws `invalid_request`. */
export function readGroup(group: SettingGroup, form: URLSearchParams): Partial<UiSettings> {
  const fields: [string, SettingField][] = Object.entries(SETTING_GROUPS[group]);
  const changes = Object.fromEntries(fields.flatMap(([name, field]) => {
    const value = valueOf(field, form.get(name));
    return value === undefined ? [] : [[name, value]];
  }));
  return validate(settingsPatchSchema, changes) as Partial<UiSettings>;
}

/** A switch that is off is not in the form; of anything else, absence changes nothing. */
function valueOf(field: SettingField, sent: string | null): unknown {
  if (field.control === "toggle") return sent !== null;
  if (sent === null) return undefined;
  if (field.control === "slider") return sent.trim() === "" ? Number.NaN : Number(sent);
  // Browsers send line breaks as CR LF.
  return sent.replaceAll("\r\n", "\n");
}
