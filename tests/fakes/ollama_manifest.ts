import { createHash } from "node:crypto";
import type { FakeOllamaModel } from "./ollama.ts";

/** Of the manifest: of all that a model is made of, and not of its name (server/manifest.go). */
export function digestOf({ name, weights = name, parameters, system, template }: FakeOllamaModel): string {
  const set = Object.entries(parameters ?? {}).sort(([a], [b]) => a < b ? -1 : 1);
  return sha256(JSON.stringify([weights, set, system ?? "", template ?? ""]));
}

/** The hexadecimal digits of a text's SHA-256. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Parameters as `/api/show` tells them (server/routes.go, GetModelInfo): `%-30s %#v`, and a line for each entry of a list. */
export function parameterLines(parameters: Readonly<Record<string, unknown>>): string {
  return Object.entries(parameters)
    .flatMap(([key, value]) => [value].flat().map((one) => `${key.padEnd(30)} ${inGo(one)}`))
    .join("\n");
}

/** Numbers are float64 there, which Go writes with an exponent from 10 to the 21st on, or with `%#v` from a million on. */
function inGo(value: unknown): string {
  if (typeof value !== "number" || Math.abs(value) < 1e6) return JSON.stringify(value);
  const [digits = "", exponent = ""] = value.toExponential().split("e+");
  return `${digits}e+${exponent.padStart(2, "0")}`;
}
