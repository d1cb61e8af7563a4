import { RawReader } from "../providers/mod.ts";
import { type AnswerOptions, type Completion, follow, nodeHeaders } from "./completion.ts";
import { MessageBuilder } from "./message_builder.ts";
import type { ChatCompletion } from "./schemas/chat_response.ts";
import { toUsageBody } from "./usage_body.ts";
import { wholeAnswer } from "./whole_answer.ts";

/** The whole answer to a completion as one response. Throws a `FreshetError`. */
export async function collectCompletion(completion: Completion, options: AnswerOptions): Promise<Response> {
  let node = "";
  const answer = collect(completion, (name) => node = name);
  return await wholeAnswer(answer, completion.call, { ...options, headers: () => nodeHeaders(node) });
}

async function collect(completion: Completion, onNode: (name: string) => void): Promise<ChatCompletion> {
  const { id, created, model } = completion;
  const message = new MessageBuilder();
  const raw = new RawReader();
  const { reason, usage } = await follow(completion, {
    onNode,
    onDelta: (delta) => {
      message.add(delta);
      return undefined;
    },
    onRaw: (bytes) => {
      for (const delta of raw.read(bytes)) message.add(delta);
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
