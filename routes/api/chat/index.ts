import { define, endpoint, methods, operations } from "../../../lib/app/mod.ts";
import { encodeSse, FreshetError, toFreshetError } from "../../../lib/shared/mod.ts";
import { eventStream } from "../../../lib/runs/mod.ts";
import type { Dispatcher } from "../../../lib/nodes/mod.ts";

const encoder = new TextEncoder();
const data = (value: unknown) => [encoder.encode(encodeSse({ data: JSON.stringify(value) }))];

/** The simplest client's stream: `data: {"token": …}` for each piece of text, then `{"done": true}`, or `{"error": …}`. */
async function* tokens(answer: ReturnType<Dispatcher["dispatch"]>): AsyncGenerator<Uint8Array[]> {
  let isWhole = false;
  try {
    for await (const event of answer) {
      if (event.type === "text") yield data({ token: event.text });
      if (event.type === "finish") isWhole = true;
    }
    if (!isWhole) throw new FreshetError("upstream", "The answer was cut off");
    yield data({ done: true });
  } catch (error) {
    yield data({ error: toFreshetError(error).toBody() });
  }
}

export const handler = define.handlers(methods({
  POST: endpoint(operations.simpleChat, async ({ services, principal, body }) => {
    const { nodes, revocations, clock, closing, preferences } = services;
    const wished = body.model ?? (await preferences.get(principal)).defaultModel;
    const { models, defaultModel } = await nodes.models(principal, wished);
    const model = body.model ?? defaultModel;
    if (!models.some(({ id }) => id === model)) {
      throw new FreshetError("model_not_found", `No node has the model ${model}`, { field: "model" });
    }
    return eventStream({
      clock,
      closing,
      onRevoked: (end) => revocations.on(principal, end),
      source: (signal) =>
        tokens(nodes.dispatcher.dispatch({
          principal,
          source: { type: "api", endpoint: "/api/chat" },
          signal,
          request: {
            model,
            messages: [{ role: "user", content: [{ type: "text", text: body.userMessage }] }],
          },
        })),
    });
  }),
}));
