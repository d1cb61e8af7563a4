import type { ModelParameters } from "../../shared/mod.ts";
import { MODEL_PARAMETERS } from "../../shared/model_configs/mod.ts";

/**
 * Reads what `/api/show` tells of a model's parameters: a line each, the name, spaces, and the value as Go writes it; lists
 * stand on a line for each entry (server/routes.go, GetModelInfo). What no configuration may set is left out: the model brings it along.
 */
export function parseParameters(text: string): ModelParameters {
  const parameters: ModelParameters = {};
  const specs = new Map(MODEL_PARAMETERS.map((spec) => [spec.name as string, spec]));
  for (const line of text.split("\n")) {
    const [, key = "", value = ""] = /^\s*(\S+)\s+(.*\S)\s*$/.exec(line) ?? [];
    const spec = specs.get(key);
    if (!spec) continue;
    if (spec.name === "stop") parameters.stop = [...parameters.stop ?? [], unquoted(value)];
    else {
      const number = Number(value);
      if (Number.isFinite(number)) parameters[spec.name] = number;
    }
  }
  return parameters;
}

/** A text between double quotes as Go writes it; its `\x7f` is all that JSON does not have. */
function unquoted(value: string): string {
  if (!value.startsWith('"')) return value;
  try {
    const text: unknown = JSON.parse(value.replace(/\\x([0-9a-f]{2})/g, "\\u00$1"));
    return typeof text === "string" ? text : value;
  } catch (error) {
    if (error instanceof SyntaxError) return value.slice(1, value.endsWith('"') ? -1 : undefined);
    throw error;
  }
}
