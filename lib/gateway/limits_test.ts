import { assert, assertEquals } from "@std/assert";
import { FreshetError, type RateLimits } from "../shared/mod.ts";
import { AT_MACHINE, localPrincipal } from "../access/mod.ts";
import { errorResponse, openAiErrorResponse } from "./mod.ts";
import { hangs, ManualClock, type Rig, says, ScriptedProvider, setUp, yields } from "./testing.ts";

interface Limited extends Rig {
  provider: ScriptedProvider;
  clock: ManualClock;
  /** Posts with the limited key. */
  post(path: string, body: Record<string, unknown>): Promise<Response>;
  keyId: string;
}

async function withLimits(
  limits: { key?: RateLimits; profile?: RateLimits },
  fn: (rig: Limited) => Promise<void>,
): Promise<void> {
  const provider = new ScriptedProvider({
    m: says("Hel", "lo"),
    failing: yields([], new FreshetError("upstream", "The server broke down")),
    hanging: hangs({ type: "text", text: "Hal" }),
  }, { e: { capabilities: ["embedding"] } });
  const clock = new ManualClock();
  const rig = await setUp(provider, { clock, rates: limits.profile ?? {} });
  try {
    const { secret, id } = await rig.apiKeys.create(
      localPrincipal,
      "limited",
      ["chat", "embeddings", "models"],
      limits.key,
    );
    const post = (path: string, body: Record<string, unknown>) =>
      rig.gateway.fetch(
        new Request(`http://localhost/v1/${path}`, {
          method: "POST",
          headers: { authorization: `Bearer ${secret}`, "content-type": "application/json" },
          body: JSON.stringify(body),
        }),
        AT_MACHINE,
      );
    await fn({ ...rig, provider, clock, post, keyId: id });
  } finally {
    await rig.close();
  }
}

const hello = (model: string, more: Record<string, unknown> = {}) => ({
  model,
  messages: [{ role: "user", content: "Hello" }],
  ...more,
});

function limitsOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => name.startsWith("x-ratelimit-")));
}

Deno.test("without limits there are no headers of limits", () =>
  withLimits({}, async ({ post }) => {
    const response = await post("chat/completions", hello("m"));
    assertEquals([response.status, limitsOf(response)], [200, {}]);
    await response.body?.cancel();
  }));

Deno.test("whole answers, streams and embeddings tell what is left", () =>
  withLimits({ key: { requestsPerMinute: 10 }, profile: { tokensPerMinute: 1_000 } }, async ({ post }) => {
    const whole = await post("chat/completions", hello("m", { max_tokens: 100 }));
    assertEquals(limitsOf(whole), {
      "x-ratelimit-limit-requests": "10",
      "x-ratelimit-limit-tokens": "1000",
      "x-ratelimit-remaining-requests": "9",
      "x-ratelimit-remaining-tokens": "992",
      "x-ratelimit-reset-requests": "6s",
      "x-ratelimit-reset-tokens": "480ms",
    });
    await whole.body?.cancel();
    const stream = await post("chat/completions", hello("m", { stream: true, max_tokens: 100 }));
    assertEquals(stream.headers.get("content-type")?.startsWith("text/event-stream"), true);
    assertEquals(limitsOf(stream)["x-ratelimit-remaining-requests"], "8");
    await stream.text();
    const vectors = await post("embeddings", { model: "e", input: "Hello" });
    assertEquals([vectors.status, limitsOf(vectors)["x-ratelimit-remaining-requests"]], [200, "7"]);
    assertEquals(limitsOf(vectors)["x-ratelimit-remaining-tokens"], "977");
    await vectors.body?.cancel();
  }));

Deno.test("what is beyond a limit is refused as OpenAI does, and no model is asked", () =>
  withLimits({ key: { requestsPerMinute: 2 } }, async ({ post, provider, clock }) => {
    for (let i = 0; i < 2; i++) await (await post("chat/completions", hello("m"))).body?.cancel();
    for (const stream of [false, true]) {
      const response = await post("chat/completions", hello("m", { stream }));
      const { error } = errorResponse.strict().parse(await response.json());
      assertEquals([response.status, error.code, error.type, error.param], [
        429,
        "rate_limit_exceeded",
        "requests",
        null,
      ]);
      assertEquals(
        error.message,
        "The limit of requests per minute of this API key is reached: limit 2, used 2, requested 1. Try again in 30s",
      );
      assertEquals(response.headers.get("retry-after"), "30");
      assertEquals(limitsOf(response)["x-ratelimit-remaining-requests"], "0");
      assertEquals(limitsOf(response)["x-ratelimit-reset-requests"], "1m0s");
    }
    assertEquals((await post("embeddings", { model: "e", input: "Hello" })).status, 429);
    assertEquals([provider.requests.length, provider.embeddings.length], [2, 0]);
    clock.advance(30_000);
    assertEquals((await post("chat/completions", hello("m"))).status, 200);
  }));

Deno.test("a prompt that is too large for the limit is not asked to be sent again", () =>
  withLimits({ key: { tokensPerMinute: 50 } }, async ({ post }) => {
    const large = { model: "m", messages: [{ role: "user", content: "word ".repeat(200) }] };
    const response = await post("chat/completions", large);
    const { error } = errorResponse.strict().parse(await response.json());
    assertEquals([response.status, error.type], [429, "tokens"]);
    assertEquals([response.headers.get("retry-after"), response.headers.get("x-should-retry")], [
      null,
      "false",
    ]);
    const small = await post("chat/completions", hello("m", { max_tokens: 30_000 }));
    assertEquals(small.status, 200, "a generous bound on the answer is no reason");
    await small.body?.cancel();
  }));

Deno.test("a request that is not valid, not allowed or of an unknown model costs nothing of tokens", () =>
  withLimits({ key: { requestsPerMinute: 3, tokensPerMinute: 500 } }, async ({ post, limiter, keyId }) => {
    assertEquals((await post("chat/completions", { model: "m" })).status, 400);
    const principal = { ...localPrincipal, keyId };
    assertEquals(limiter.headers(principal), {}, "it was refused before the limits");
    const unknown = await post("chat/completions", hello("none"));
    assertEquals([unknown.status, limitsOf(unknown)["x-ratelimit-remaining-tokens"]], [404, "500"]);
    const failed = await post("chat/completions", hello("failing"));
    assertEquals([failed.status, limitsOf(failed)["x-ratelimit-remaining-tokens"]], [502, "500"]);
    assertEquals(limitsOf(failed)["x-ratelimit-remaining-requests"], "1");
  }));

Deno.test("a node's own 429 keeps its type and its time to wait", async () => {
  const busy = new FreshetError("rate_limited", "The server is busy", { retryAfter: 9 });
  const response = openAiErrorResponse(busy);
  const { error } = await response.json();
  assertEquals([error.type, response.headers.get("retry-after")], ["rate_limit_error", "9"]);
  const unknown = openAiErrorResponse(new FreshetError("rate_limited", "The server is busy"));
  assertEquals(unknown.headers.get("x-should-retry"), null);
});

Deno.test("a client that leaves gives back what was not used", () =>
  withLimits({ key: { tokensPerMinute: 1_000 } }, async ({ post, limiter, keyId, provider }) => {
    const left = () => Number(limiter.headers({ ...localPrincipal, keyId })["x-ratelimit-remaining-tokens"]);
    const stream = await post("chat/completions", hello("hanging", { stream: true, max_tokens: 600 }));
    assert(left() < 400);
    await stream.body?.cancel();
    for (let i = 0; i < 100 && provider.running > 0; i++) await new Promise((go) => setTimeout(go, 1));
    for (let i = 0; i < 100 && left() < 900; i++) await new Promise((go) => setTimeout(go, 1));
    assert(left() >= 900);
  }));

Deno.test("a refused call leaves no row in the ledger, an admitted one does", () =>
  withLimits({ key: { requestsPerMinute: 1 } }, async ({ post, ledger }) => {
    for (let i = 0; i < 3; i++) await (await post("chat/completions", hello("m"))).text();
    assertEquals((await ledger.latest(localPrincipal)).length, 1);
  }));
