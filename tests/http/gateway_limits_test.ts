import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import OpenAI from "openai";
import { localPrincipal } from "../../lib/access/mod.ts";
import { type Served, withServer } from "./gateway_models.ts";

const ask = { model: "org/plain", messages: [{ role: "user" as const, content: "Hello" }] };

/** The key's limits as they are from here on. */
async function limit({ apiKeys }: Served, requestsPerMinute: number, tokensPerMinute = 0): Promise<string> {
  const [key] = await apiKeys.list(localPrincipal);
  assert(key);
  await apiKeys.update(localPrincipal, key.id, { requestsPerMinute, tokensPerMinute });
  return key.id;
}

Deno.test("openai: a limit is its RateLimitError, with all it says, until the limit is raised", () =>
  withServer(async (served) => {
    const client = new OpenAI({ baseURL: served.url, apiKey: served.key, maxRetries: 0 });
    await limit(served, 1, 1_000);
    const { response } = await client.chat.completions.create({ ...ask, max_tokens: 50 }).withResponse();
    assertEquals(response.headers.get("x-ratelimit-limit-requests"), "1");
    assertEquals(response.headers.get("x-ratelimit-remaining-requests"), "0");
    assertEquals(response.headers.get("x-ratelimit-limit-tokens"), "1000");
    for (const stream of [false, true]) {
      const error = await assertRejects(
        () => client.chat.completions.create({ ...ask, stream }),
        OpenAI.RateLimitError,
      );
      assertEquals([error.code, error.type, error.param], ["rate_limit_exceeded", "requests", null]);
      assertStringIncludes(error.message, "The limit of requests per minute of this API key is reached");
      const wait = Number(error.headers.get("retry-after"));
      assert(wait > 50 && wait <= 60, `${wait}`);
      assertEquals(error.headers.get("x-ratelimit-remaining-requests"), "0");
    }
    await limit(served, 0, 0);
    const free = await client.chat.completions.create(ask).withResponse();
    assertEquals(free.response.headers.get("x-ratelimit-limit-requests"), null);
  }));

Deno.test("openai: its own retry waits as long as it is told, and is let in", () =>
  withServer(async (served) => {
    const keyId = await limit(served, 60);
    const answers: { status: number; wait: string | null; at: number }[] = [];
    const client = new OpenAI({
      baseURL: served.url,
      apiKey: served.key,
      maxRetries: 1,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        answers.push({
          status: response.status,
          wait: response.headers.get("retry-after"),
          at: performance.now(),
        });
        return response;
      },
    });
    await client.chat.completions.create(ask);
    const principal = { ...localPrincipal, type: "key" as const, keyId };
    for (;;) {
      const { "x-ratelimit-remaining-requests": left } = served.limiter.headers(principal);
      if (left === "0") break;
      await served.limiter.begin(principal, 1);
    }
    const answer = await client.chat.completions.create(ask);
    assertEquals(answer.choices[0]?.message.content, "Hello, world");
    assertEquals(answers.map(({ status, wait }) => [status, wait]), [[200, null], [429, "1"], [200, null]]);
    const [, refused, admitted] = answers;
    assert(refused && admitted && admitted.at - refused.at > 900);
  }));

Deno.test("openai: what can never be admitted is not sent again", () =>
  withServer(async (served) => {
    await limit(served, 0, 20);
    let sent = 0;
    const client = new OpenAI({
      baseURL: served.url,
      apiKey: served.key,
      maxRetries: 3,
      fetch: (input, init) => (sent++, fetch(input, init)),
    });
    const messages = [{ role: "user" as const, content: "Hello ".repeat(100) }];
    const error = await assertRejects(
      () => client.chat.completions.create({ ...ask, messages }),
      OpenAI.RateLimitError,
    );
    assertEquals([sent, error.type], [1, "tokens"]);
    assertStringIncludes(error.message, "too large");
  }));

Deno.test("a profile's limit counts for the person and for keys together", () =>
  withServer(async ({ url, key, limiter }) => {
    const post = async (headers: Record<string, string>) => {
      const response = await fetch(`${url}/chat/completions`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(ask),
      });
      await response.body?.cancel();
      return response.status;
    };
    const bearer = { authorization: `Bearer ${key}` };
    assertEquals([await post({}), await post(bearer), await post({}), await post(bearer)], [
      200,
      200,
      429,
      429,
    ]);
    assertEquals(limiter.headers(localPrincipal)["x-ratelimit-limit-requests"], "2");
  }, { rates: { requestsPerMinute: 2 } }));
