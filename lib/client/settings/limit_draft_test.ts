import { assertEquals } from "@std/assert";
import { limitDraft, limitsOfDraft } from "./limit_draft.ts";

Deno.test("an empty field is no limit, both ways", () => {
  assertEquals(limitDraft(), { requestsPerMinute: "", tokensPerMinute: "" });
  assertEquals(limitDraft({ requestsPerMinute: 60 }), { requestsPerMinute: "60", tokensPerMinute: "" });
  assertEquals(limitsOfDraft({ requestsPerMinute: "", tokensPerMinute: "9000" }), {
    requestsPerMinute: 0,
    tokensPerMinute: 9_000,
  });
});
