import type { ConfigContent, ModelParameters, ParameterName } from "../../../shared/mod.ts";
import { MODEL_PARAMETERS } from "../../../shared/model_configs/mod.ts";

/** A configuration as its form has it: what is typed. */
export interface FormValues {
  base: string;
  /** Empty for what is as the base has it; lists have a line for each text, with its line breaks as `\n`. */
  parameters: Readonly<Record<ParameterName, string>>;
  system: string;
  template: string;
}

/** What is wrong with a field. */
export interface FieldProblem {
  name: ParameterName;
  type: "number" | "integer" | "stop";
  min: number;
  max: number;
}

const STOP_MAX_CHARS = 200;

/** A content as the form shows it. */
export function valuesOf({ base, parameters, system, template }: ConfigContent): FormValues {
  return { base, parameters: parameterTexts(parameters), system, template };
}

/** Parameters as they are typed. */
export function parameterTexts(parameters: ModelParameters): Record<ParameterName, string> {
  const texts = MODEL_PARAMETERS.map(({ name }) => [name, textOf(parameters[name])]);
  return Object.fromEntries(texts) as Record<ParameterName, string>;
}

/** The content that was typed, and what is wrong with it. */
export function contentOf(values: FormValues): { content: ConfigContent; problems: FieldProblem[] } {
  const parameters: ModelParameters = {};
  const problems: FieldProblem[] = [];
  for (const { name, type, min, max } of MODEL_PARAMETERS) {
    const text = values.parameters[name];
    if (name === "stop" ? text === "" : text.trim() === "") continue;
    if (name === "stop") {
      const stop = text.split("\n").filter((line) => line !== "").map(unescaped);
      if (stop.length > max || stop.some((line) => line.length > STOP_MAX_CHARS)) {
        problems.push({ name, type: "stop", min, max });
      }
      parameters.stop = stop;
    } else {
      const number = Number(text.replace(",", ".").replace("−", "-"));
      const isRight = type === "integer" ? Number.isSafeInteger(number) : Number.isFinite(number);
      if (!isRight || number < min || number > max) {
        problems.push({ name, type: type === "integer" ? "integer" : "number", min, max });
      }
      parameters[name] = number;
    }
  }
  const { base, system, template } = values;
  return { content: { base, parameters, system, template }, problems };
}

function textOf(value: number | string[] | undefined): string {
  return Array.isArray(value) ? value.map(escaped).join("\n") : value === undefined ? "" : String(value);
}

/** A text that is to stop answers may hold line breaks itself. */
function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function unescaped(line: string): string {
  return line.replace(/\\(n|\\)/g, (_, character) => character === "n" ? "\n" : "\\");
}
