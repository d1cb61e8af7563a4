import { assert, assertEquals, assertRejects } from "@std/assert";
import { FreshetError, type Price } from "../../shared/mod.ts";
import { FakeClock } from "../../host/testing.ts";
import { localPrincipal as me } from "../../access/mod.ts";
import { openStore } from "../../store/mod.ts";
import { costOf, PriceList } from "./price_list.ts";
import { Prices } from "./prices.ts";
import { SHIPPED_PRICES } from "./shipped.ts";

const hosted = { nodeId: "n1", local: false };
const atHome = { nodeId: "n2", local: true };
const usage = (promptTokens: number, completionTokens: number, cachedTokens = 0) => ({
  promptTokens,
  completionTokens,
  cachedTokens,
  totalTokens: promptTokens + completionTokens,
  estimated: false,
});

Deno.test("the price of a model is that of its id, or of the longest beginning of it", () => {
  const list = new PriceList({ version: 1, prices: SHIPPED_PRICES });
  const input = (model: string, node = hosted) => list.find(model, node)?.input;
  assertEquals(input("gpt-4o"), 2_500);
  assertEquals(input("gpt-4o-2024-11-20"), 2_500);
  assertEquals(input("gpt-4o-2024-05-13"), 5_000);
  assertEquals(input("GPT-4o-mini-2024-07-18"), 150);
  assertEquals(input("openai/gpt-4o-mini"), 150);
  assertEquals(input("anthropic/claude-sonnet-4.5:thinking"), 3_000);
  assertEquals(input("gpt-4"), 30_000);
  assertEquals(input("llama3.2:latest"), undefined);
  assertEquals(input("gpt-4o", atHome), undefined);
});

Deno.test("a price for a node goes before one for all, and models at home are free unless one says otherwise", () => {
  const price = (model: string, input: number, nodeId?: string): Price => ({
    model,
    input,
    output: 0,
    ...(nodeId === undefined ? {} : { nodeId }),
  });
  const list = new PriceList({
    version: 1,
    prices: [price("llama*", 1), price("llama3", 2), price("*", 3, "n2"), price("qwen*", 4, "any")],
  });
  assertEquals(list.find("llama3", hosted)?.input, 2);
  assertEquals(list.find("llama4", hosted)?.input, 1);
  assertEquals(list.find("llama4", atHome)?.input, 3);
  assertEquals(list.find("qwen", hosted)?.input, 4);
  assertEquals(list.find("llama", { nodeId: "n3", local: true }), null);
});

Deno.test("a cost is a whole number of nano-dollars, with what the service had cached at its own price", () => {
  const price = { model: "m", input: 2_500, output: 10_000, cachedInput: 1_250 };
  assertEquals(costOf(price, usage(1_000, 100)), 3_500_000);
  assertEquals(costOf(price, usage(1_000, 100, 400)), 3_000_000);
  assertEquals(costOf({ model: "m", input: 5, output: 0 }, usage(3, 0, 9)), 15);
});

Deno.test("an edit is a new version that names who comes too late, and none is lost", async () => {
  const store = await openStore({ folder: ":memory:" });
  try {
    const prices = new Prices({ store, clock: new FakeClock() });
    const first = await prices.current();
    assertEquals([first.version, first.origin], [1, "shipped"]);
    const mine = [{ model: "mine", input: 7, output: 9 }];
    const second = await prices.set(me, { version: 1, prices: mine, note: "a contract" });
    assertEquals([second.version, second.origin, second.note], [2, "person", "a contract"]);
    const late = await assertRejects(() => prices.set(me, { version: 1, prices: [] }), FreshetError);
    assertEquals(late.code, "conflict");
    assertEquals((await prices.list()).find("mine", hosted)?.input, 7);
    assertEquals((await prices.reset(me, 2)).version, 3);
    assertEquals((await prices.versions()).map(({ version, origin }) => [version, origin]), [
      [3, "shipped"],
      [2, "person"],
      [1, "shipped"],
    ]);
    assertEquals((await prices.get(2)).prices, mine);
    const missing = await assertRejects(() => prices.get(9), FreshetError);
    assertEquals(missing.code, "not_found");
    const reader = { ...me, scopes: new Set(["usage"] as const) };
    assertEquals((await assertRejects(() => prices.reset(reader, 3), FreshetError)).code, "forbidden");
    const fresh = new Prices({ store, clock: new FakeClock() });
    assert((await fresh.current()).version === 3, "what is stored is found again");
  } finally {
    store.close();
  }
});
