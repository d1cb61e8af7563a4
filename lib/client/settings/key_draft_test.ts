import { assertEquals } from "@std/assert";
import { keyDraft, optionsOfDraft } from "./key_draft.ts";

Deno.test("an empty field is no limit, both ways, and nothing is gone on with unless it is chosen", () => {
  const empty = { requestsPerMinute: "", tokensPerMinute: "", continuesAnswers: false };
  assertEquals(keyDraft(), empty);
  assertEquals(keyDraft({ requestsPerMinute: 60, continuesAnswers: true }), {
    requestsPerMinute: "60",
    tokensPerMinute: "",
    continuesAnswers: true,
  });
  assertEquals(optionsOfDraft({ ...empty, tokensPerMinute: "9000" }), {
    requestsPerMinute: 0,
    tokensPerMinute: 9_000,
    continuesAnswers: false,
  });
  assertEquals(optionsOfDraft({ ...empty, continuesAnswers: true }).continuesAnswers, true);
});
