import { FreshetError, type ServerSetting, type SettingValues } from "../../shared/mod.ts";

type Value = number | string | boolean;

/** The settings, each of its kind and within its bounds. Throws `invalid_request`, with the setting as its field. */
export function checkedSettings(settings: SettingValues, fields: readonly ServerSetting[]): SettingValues {
  const checked = Object.entries(settings).map(([name, value]) => [name, checkedValue(name, value, fields)]);
  return Object.fromEntries(checked);
}

/** The same for changes, where null stays as it is. */
export function checkedChanges(
  changes: Readonly<Record<string, Value | null>>,
  fields: readonly ServerSetting[],
): Record<string, Value | null> {
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) => {
      const known = fieldOf(name, fields);
      return [known.name, value === null ? null : checkedValue(name, value, fields)];
    }),
  );
}

function checkedValue(name: string, value: Value, fields: readonly ServerSetting[]): Value {
  const field = fieldOf(name, fields);
  switch (field.type) {
    case "toggle":
      if (typeof value === "boolean") return value;
      throw wrong(name, "it is on or off");
    case "choice":
      if (typeof value === "string" && field.options.includes(value)) return value;
      throw wrong(name, `it is one of ${field.options.join(", ")}`);
    case "text":
      if (typeof value === "string" && value.length <= field.maxLength) return value;
      throw wrong(name, `it is a text of at most ${field.maxLength} characters`);
    case "number": {
      const { min, max, step } = field;
      const isFitting = typeof value === "number" && value >= min && value <= max &&
        (step < 1 || Number.isInteger(value));
      if (isFitting) return value;
      throw wrong(name, `it is a ${step < 1 ? "" : "whole "}number from ${min} to ${max}`);
    }
  }
}

function fieldOf(name: string, fields: readonly ServerSetting[]): ServerSetting {
  const field = fields.find((one) => one.name === name);
  if (field) return field;
  throw wrong(name, "the server takes no such setting");
}

function wrong(name: string, why: string): FreshetError {
  return new FreshetError("invalid_request", `Cannot take ${name}: ${why}`, { field: `settings.${name}` });
}
