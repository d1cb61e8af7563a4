import { assertEquals } from "@std/assert";
import { type KeyDraft, keyDraft, optionsOfDraft } from "./key_draft.ts";

const none = { dollars: "", tokens: "" };
const empty: KeyDraft = {
  requestsPerMinute: "",
  tokensPerMinute: "",
  continuesAnswers: false,
  lastDay: "",
  budgets: { day: none, month: none, total: none },
};

Deno.test("an empty field is no limit, both ways, and nothing is gone on with unless it is chosen", () => {
  assertEquals(keyDraft(), empty);
  assertEquals(keyDraft({ requestsPerMinute: 60, continuesAnswers: true }), {
    ...empty,
    requestsPerMinute: "60",
    continuesAnswers: true,
  });
  const zero = { costNano: 0, tokens: 0 };
  assertEquals(optionsOfDraft({ ...empty, tokensPerMinute: "9000" }), {
    requestsPerMinute: 0,
    tokensPerMinute: 9_000,
    continuesAnswers: false,
    expiresAt: 0,
    budgets: { day: zero, month: zero, total: zero },
  });
  assertEquals(optionsOfDraft({ ...empty, continuesAnswers: true }).continuesAnswers, true);
});

Deno.test("money is typed in dollars and sent in whole nano-dollars", () => {
  const draft = { ...empty, budgets: { ...empty.budgets, day: { dollars: "0.29", tokens: "" } } };
  const { budgets } = optionsOfDraft(draft);
  assertEquals(budgets.day, { costNano: 290_000_000, tokens: 0 });
  assertEquals(keyDraft({ budgets }), draft);
});

Deno.test("a key works through its last day of UTC, and another end stays unless the day is changed", () => {
  const midnight = Date.UTC(2026, 11, 1);
  assertEquals(optionsOfDraft({ ...empty, lastDay: "2026-11-30" }).expiresAt, midnight);
  assertEquals(keyDraft({ expiresAt: midnight }).lastDay, "2026-11-30");
  const noon = Date.UTC(2026, 10, 30, 12);
  const draft = keyDraft({ expiresAt: noon });
  assertEquals(draft.lastDay, "2026-11-30");
  assertEquals(optionsOfDraft(draft, { expiresAt: noon }).expiresAt, noon);
  assertEquals(optionsOfDraft({ ...draft, lastDay: "" }, { expiresAt: noon }).expiresAt, 0);
  assertEquals(
    optionsOfDraft({ ...draft, lastDay: "2026-12-24" }, { expiresAt: noon }).expiresAt,
    Date.UTC(2026, 11, 25),
  );
});
