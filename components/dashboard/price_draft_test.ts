import { assertEquals, assertThrows } from "@std/assert";
import { FreshetError } from "../../lib/shared/mod.ts";
import { translator } from "../../lib/shared/texts/mod.ts";
import { draftOf, draftsOf, NEW_PRICE, pricesOf } from "./price_draft.ts";

const t = translator("en");

Deno.test("prices are typed in dollars for a million tokens and come back as they were", () => {
  const prices = [
    { model: "gpt-5-nano*", input: 50, output: 400, cachedInput: 5 },
    { model: "m", nodeId: "any", input: 0, output: 1_000_000 },
  ];
  const drafts = prices.map(draftOf);
  assertEquals(drafts[0], { model: "gpt-5-nano*", where: "", input: "0.05", output: "0.4", cached: "0.005" });
  assertEquals(pricesOf([...drafts, NEW_PRICE], t), prices);
  const form = new URLSearchParams();
  for (const draft of drafts) for (const [name, value] of Object.entries(draft)) form.append(name, value);
  assertEquals(draftsOf(form), drafts);
});

Deno.test("what is no price is refused by its row", () => {
  const draft = { ...NEW_PRICE, model: "m" };
  assertEquals(pricesOf([{ ...draft, input: "1,5" }], t), [{ model: "m", input: 1_500, output: 0 }]);
  for (const input of ["-1", "a lot", "0.0001"]) {
    const error = assertThrows(() => pricesOf([NEW_PRICE, { ...draft, input }], t), FreshetError);
    assertEquals(error.code, "invalid_request");
    assertEquals(error.message.includes("row 2"), true);
  }
});
