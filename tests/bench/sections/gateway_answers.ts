import { SseParser } from "../../../lib/shared/mod.ts";
import { SHORT } from "../processes/upstream_models.ts";
import { type Contender, targetOf } from "./gateway_contenders.ts";

interface Choice {
  message?: { content?: string };
  delta?: { content?: string };
  finish_reason: string | null;
}

/** Throws unless a contender gives the upstream's answer, whole and streamed: the figures of others would say nothing. */
export async function refuseWrongAnswers(contender: Contender): Promise<void> {
  const expected = " word".repeat(SHORT.pieces);
  for (const isStream of [false, true]) {
    const { address, path, body, headers } = targetOf(contender, SHORT, isStream);
    const response = await fetch(address + path, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    const choices = isStream ? choicesOfStream(text) : JSON.parse(text).choices as Choice[];
    const content = choices.map(({ message, delta }) => (message ?? delta)?.content ?? "").join("");
    const reason = choices.at(-1)?.finish_reason;
    if (response.status === 200 && content === expected && reason === "stop") continue;
    throw new Error(`${contender.name} gives a wrong answer: ${response.status} ${text.slice(0, 500)}`);
  }
}

function choicesOfStream(text: string): Choice[] {
  const events = new SseParser().push(new TextEncoder().encode(text));
  if (events.pop()?.data !== "[DONE]") throw new Error(`A stream has no [DONE]: ${text.slice(-500)}`);
  return events.flatMap(({ data = "{}" }) => JSON.parse(data).choices as Choice[]);
}
