import { type FreshetError, toFreshetError } from "../shared/mod.ts";
import { type AnswerOptions, type Completion, follow, nodeHeaders } from "./completion.ts";
import { HeldBody } from "./held_body.ts";
import { MessageBuilder } from "./message_builder.ts";
import { toOpenAiError } from "./openai_error.ts";
import type { ChatCompletion } from "./schemas/chat_response.ts";
import { toUsageBody } from "./usage_body.ts";

/** White space before the JSON, which every parser skips. */
const FILLER = "\n";

/**
 * The whole answer as one response. Throws a `FreshetError`. An answer that takes longer than `holdMs` is sent with its
 * headers ahead; should it fail then, the connection breaks off after the error.
 */
export async function collectCompletion(completion: Completion, options: AnswerOptions): Promise<Response> {
  const { call } = completion;
  const held = new HeldBody({ ...options, filler: FILLER, onCancel: () => call.abort() });
  let node = "";
  const answer = collect(completion, (name) => node = name).finally(() => {
    held.stop();
    call.end();
  });
  const body = await Promise.race([answer, held.opened]);
  if (body) return Response.json(body, { headers: nodeHeaders(node) });
  answer.then(
    (late) => {
      held.write(JSON.stringify(late));
      held.end();
    },
    (cause) => breakOff(held, toFreshetError(cause), options),
  );
  return new Response(held.readable, {
    headers: { "content-type": "application/json", "cache-control": "no-transform", ...nodeHeaders(node) },
  });
}

function breakOff(held: HeldBody, error: FreshetError, { onLateError }: AnswerOptions): void {
  onLateError(error);
  held.write(JSON.stringify(toOpenAiError(error)));
  held.end(error);
}

async function collect(completion: Completion, onNode: (name: string) => void): Promise<ChatCompletion> {
  const { id, created, model } = completion;
  const message = new MessageBuilder();
  const { reason, usage } = await follow(completion, {
    onNode,
    onDelta: (delta) => {
      message.add(delta);
      return undefined;
    },
  });
  return {
    id,
    object: "chat.completion",
    created,
    model,
    choices: [{
      index: 0,
      message: message.build(),
      logprobs: null,
      finish_reason: reason,
      finishReason: reason,
    }],
    usage: toUsageBody(usage),
  };
}
