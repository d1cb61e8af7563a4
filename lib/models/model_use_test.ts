import { assertEquals } from "@std/assert";
import type { Outcome } from "../shared/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { localPrincipal } from "../access/mod.ts";
import { ModelUses, usesOf } from "./model_use.ts";

const row = (model: string, at: number, tokens: number, ms: number, outcome: Outcome = "complete") => ({
  model,
  at,
  outcome,
  durationMs: ms + 100,
  firstTokenMs: 100,
  usage: { promptTokens: 1, completionTokens: tokens, totalTokens: tokens + 1, estimated: false },
});

Deno.test("calls are summed up by model: the last one, and the tokens a second of whole answers", () => {
  const uses = usesOf([
    row("a", 30, 100, 1_000),
    row("b", 20, 2, 10),
    row("a", 10, 200, 3_000),
    row("a", 5, 1_000, 1, "failed"),
  ]);
  assertEquals(uses.get("a"), { calls: 3, lastUsedAt: 30, tokensPerSecond: 75 });
  assertEquals(uses.get("b"), { calls: 1, lastUsedAt: 20, tokensPerSecond: null });
});

Deno.test("the ledger is read once in ten seconds, and again after it could not be", async () => {
  const clock = new FakeClock();
  let asked = 0;
  const uses = new ModelUses({
    latest: () =>
      ++asked === 1 ? Promise.reject(new Error("disk")) : Promise.resolve([row("a", asked, 9, 9)]),
  }, clock);
  await uses.of(localPrincipal).catch(() => {});
  for (let i = 0; i < 3; i++) await uses.of(localPrincipal);
  assertEquals(asked, 2);
  await clock.advance(10_000);
  assertEquals((await uses.of(localPrincipal)).get("a")?.lastUsedAt, 3);
});
