import { type FreshetError, toFreshetError } from "../shared/mod.ts";
import type { Call } from "./calls.ts";
import type { AnswerOptions } from "./completion.ts";
import { HeldBody } from "./held_body.ts";
import { toOpenAiError } from "./openai_error.ts";

/** White space before the JSON, which every parser skips. */
const FILLER = "\n";

/**
 * A JSON answer that is there as a whole or not at all. Throws a `FreshetError`. One that takes longer than a hold is sent
 * with its headers ahead; should it fail then, the connection breaks off after the error.
 */
export async function wholeAnswer(
  working: Promise<object>,
  call: Call,
  options: AnswerOptions & { headers?: () => Record<string, string> },
): Promise<Response> {
  const held = new HeldBody({ ...options, filler: FILLER, onCancel: () => call.abort() });
  const answer = working.finally(() => {
    held.stop();
    call.end();
  });
  const headers = options.headers ?? (() => ({}));
  const body = await Promise.race([answer, held.opened]);
  if (body) return Response.json(body, { headers: headers() });
  answer.then(
    (late) => {
      held.write(JSON.stringify(late));
      held.end();
    },
    (cause) => breakOff(held, toFreshetError(cause), options),
  );
  return new Response(held.readable, {
    headers: { "content-type": "application/json", "cache-control": "no-transform", ...headers() },
  });
}

function breakOff(held: HeldBody, error: FreshetError, { onLateError }: AnswerOptions): void {
  onLateError(error);
  held.write(JSON.stringify(toOpenAiError(error)));
  held.end(error);
}
