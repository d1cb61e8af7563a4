/** Models that behave in one way each, behind a gateway on a real port: what the official clients are tried on. */
import { FreshetError } from "../../lib/shared/mod.ts";
import { systemClock } from "../../lib/host/mod.ts";
import { AT_MACHINE, localPrincipal } from "../../lib/access/mod.ts";
import {
  hangs,
  type Rig,
  says,
  type Script,
  ScriptedProvider,
  setUp,
  yields,
} from "../../lib/gateway/testing.ts";

/** A gateway that listens. */
export interface Served extends Rig {
  provider: ScriptedProvider;
  /** `http://127.0.0.1:…/v1` */
  url: string;
  /** A key that may do everything but administer. */
  key: string;
}

const weather: Script = async function* ({ messages }) {
  const result = messages.findLast(({ role }) => role === "tool")?.content[0];
  if (result?.type === "text") {
    yield { type: "text", text: `The tool says: ${result.text}` };
    yield { type: "finish", reason: "stop" };
    return;
  }
  yield { type: "tool_call", index: 0, id: "call_1", name: "weather" };
  yield { type: "tool_call", index: 0, arguments: '{"city":' };
  yield { type: "tool_call", index: 0, arguments: '"Ulm"}' };
  yield { type: "finish", reason: "tool_calls" };
};

const eyes: Script = async function* ({ messages }) {
  const image = messages.at(-1)?.content.find((part) => part.type === "image");
  yield { type: "text", text: image ? `${image.mediaType} ${image.data}` : "nothing" };
  yield { type: "finish", reason: "stop" };
};

const json: Script = async function* ({ responseFormat }) {
  yield { type: "text", text: JSON.stringify({ format: responseFormat?.type ?? "none" }) };
  yield { type: "finish", reason: "stop" };
};

const scripts: Record<string, Script> = {
  "org/plain": says("Hello", ", ", "world"),
  "org/thinker": yields([
    { type: "reasoning", text: "Let me think" },
    { type: "text", text: "42" },
    { type: "finish", reason: "stop" },
  ]),
  "org/tools": weather,
  "org/eyes": eyes,
  "org/json": json,
  "org/busy": yields([], new FreshetError("rate_limited", "Too many requests", { retryAfter: 7 })),
  "org/silent": hangs(),
  "org/hanging": hangs({ type: "text", text: "Hal" }),
  "org/cut": yields([{ type: "text", text: "Hal" }], new FreshetError("upstream", "The server broke off")),
};

/** Runs `fn` against a gateway on a free port, and checks that nothing goes on upstream at the end. */
export async function withServer(
  fn: (served: Served) => Promise<void>,
  options: Partial<Parameters<typeof setUp>[1]> = {},
): Promise<void> {
  const provider = new ScriptedProvider(scripts, {
    "org/plain": { capabilities: ["chat", "tools"], contextLength: 4096 },
    "org/embed": { capabilities: ["embedding"] },
  });
  const rig = await setUp(provider, { clock: systemClock, ...options });
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    (request) => rig.gateway.fetch(request, AT_MACHINE),
  );
  try {
    const { secret } = await rig.apiKeys.create(localPrincipal, "tests", ["chat", "embeddings", "models"]);
    await fn({ ...rig, provider, url: `http://127.0.0.1:${server.addr.port}/v1`, key: secret });
  } finally {
    await rig.close();
    await server.shutdown();
  }
}

/** Waits until a model works on a request. */
export async function untilRunning(provider: ScriptedProvider): Promise<void> {
  while (provider.running === 0) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Waits until no model works any more. Throws after a second: by then a client that left must have ended its request. */
export async function untilIdle(provider: ScriptedProvider): Promise<void> {
  const start = performance.now();
  while (provider.running > 0) {
    if (performance.now() - start > 1_000) throw new Error("The upstream request goes on after a second");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
