import { assert, assertEquals } from "@std/assert";
import type { ApiKeyView } from "../../lib/shared/mod.ts";
import { KEY_SPEND } from "../../lib/access/mod.ts";
import { keys } from "../../lib/store/mod.ts";
import { fakeOpenAI } from "../fakes/mod.ts";
import { type Instance, until, withInstances } from "./shared_instances.ts";

const PARALLEL = 4;

async function ask({ url }: Instance, secret: string): Promise<number> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-api-key": secret },
    body: JSON.stringify({ model: "gpt-4o-mini", messages: [{ role: "user", content: "hi" }] }),
  });
  await response.body?.cancel();
  return response.status;
}

Deno.test("two instances that are asked at once go beyond a budget by what is under way, and both stop", async () => {
  await using upstream = await fakeOpenAI({ script: { deltas: ["yes"] } });
  const config = { nodes: [{ name: "up", kind: "openai" as const, baseUrl: `${upstream.url}/v1` }] };
  await withInstances([{ config }, { config }], async ([a, b], store) => {
    assert(a && b);
    const key = await a.json<ApiKeyView & { secret: string }>("POST", "/api/keys", {
      name: "k",
      scopes: ["chat"],
      budgets: { total: { tokens: 1 } },
    });
    const at = [a, b].flatMap((instance) => Array.from({ length: PARALLEL }, () => instance));
    const first = await Promise.all(at.map((instance) => ask(instance, key.secret)));
    assertEquals(first, Array(2 * PARALLEL).fill(200), "they began before any of them was booked");
    // An answer of the store that is lost must not count a call twice.
    store.loseNextWrite(({ mutations }) => mutations.some(({ key }) => key.includes("api_key_spend")));
    for (const { services } of [a, b]) for (let tries = 0; tries < 3; tries++) await services.ledger.flush();
    await until(
      "both refuse",
      async () => await ask(a, key.secret) === 429 && await ask(b, key.secret) === 429,
    );
    for (const { services } of [a, b]) await services.ledger.flush();
    const { store: kv, ledger } = b.services;
    const booked = (await kv.get(KEY_SPEND, keys.apiKeySpend("local", key.id)))?.value.total.tokens;
    const rows = (await ledger.latest({ profileId: "local", type: "person", scopes: new Set() }))
      .filter(({ keyId }) => keyId === key.id);
    assertEquals(booked, rows.reduce((sum, { usage }) => sum + usage.totalTokens, 0));
    assert(rows.length <= 2 * PARALLEL + 10, `${rows.length} calls were admitted`);
  });
});
