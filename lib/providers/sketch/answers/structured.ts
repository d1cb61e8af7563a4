import type { ResponseFormat } from "../../../shared/mod.ts";
import { sampleValue } from "./sample.ts";

/** JSON for a request that wants it: of the schema where there is one, else the question and who answered. */
export function structuredAnswer(
  format: Exclude<ResponseFormat, { type: "text" }>,
  question: string,
): string {
  if (format.type === "json_schema") return JSON.stringify(sampleValue(format.schema, format.name), null, 2);
  return JSON.stringify(
    { question: question.slice(0, 200), answer: "Sketch answers by rules", model: "sketch" },
    null,
    2,
  );
}
