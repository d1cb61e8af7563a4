import type { ErrorContext } from "./error_context.ts";
import { cutError, protocolError, streamError } from "./errors.ts";
import { isRecord } from "./prompt.ts";

/**
 * Lets Ollama's lines of JSON through and throws where they are wrong: its client prints a line that is not JSON and goes
 * on, so that text would be missing without a word, and it makes a bare `Error` of `{ "error": … }`
 * (https://docs.ollama.com/api/errors). A stream without its last line was cut.
 *
 * @param isLast Tells the last line; of an answer it says `done: true`.
 */
export function checkNdjson(
  context: ErrorContext,
  isLast: (line: Record<string, unknown>) => boolean = ({ done }) => done === true,
): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  let rest = "";
  let done = false;
  const check = (line: string) => {
    if (line.trim() !== "" && isLast(checkLine(line, context))) done = true;
  };
  return new TransformStream({
    transform(chunk, controller) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) check(line);
      controller.enqueue(chunk);
    },
    flush() {
      const last = rest + decoder.decode();
      if (isJson(last)) check(last);
      if (!done) throw cutError(context);
    },
  });
}

function checkLine(line: string, context: ErrorContext): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw protocolError("a line is not JSON", context, error);
  }
  if (!isRecord(value)) throw protocolError("a line is not an object", context);
  if ("error" in value) throw streamError(value, context);
  return value;
}

/** False for a line that was cut off. */
function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
