import type { ServerSetting, SettingValues } from "../../../lib/shared/mod.ts";

const PREFIX = "setting.";

/** The settings of a posted form; what was left empty is absent. What is no number stays a text, to be refused in words. */
export function settingsOfForm(form: URLSearchParams, fields: readonly ServerSetting[]): SettingValues {
  const entries = fields.flatMap((field) => {
    const text = form.get(`${PREFIX}${field.name}`)?.trim() ?? "";
    return text === "" ? [] : [[field.name, valueOf(text, field)] as const];
  });
  return Object.fromEntries(entries);
}

/** The same for settings that are kept: those that were emptied are taken out. */
export function changesOfForm(
  form: URLSearchParams,
  fields: readonly ServerSetting[],
  before: SettingValues,
): Record<string, SettingValues[string] | null> {
  const values = settingsOfForm(form, fields);
  const changes = fields.flatMap(({ name }): [string, SettingValues[string] | null][] => {
    const value = values[name];
    if (value === before[name]) return [];
    return [[name, value ?? null]];
  });
  return Object.fromEntries(changes);
}

function valueOf(text: string, { type }: ServerSetting): SettingValues[string] {
  if (type === "toggle") return text === "true" ? true : text === "false" ? false : text;
  if (type !== "number") return text;
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
