import { assertEquals, assertStrictEquals } from "@std/assert";
import { withEarlierPage, withLastPage, withMessage, withTurn } from "./branch.ts";
import { sampleBranch, sampleMessage } from "./testing/samples.ts";

const ids = ({ messages }: { messages: readonly { id: string }[] }) => messages.map(({ id }) => id).join(" ");

Deno.test("a fresh last page joins the earlier pages that are loaded", () => {
  const branch = { messages: sampleBranch(0, 6), before: null };
  const joined = withLastPage(branch, { messages: sampleBranch(4, 8), before: "m4" });
  assertEquals(ids(joined), "m0 m1 m2 m3 m4 m5 m6 m7");
  assertEquals(joined.before, null);
  assertStrictEquals(joined.messages[4], branch.messages[4]);
});

Deno.test("a last page that does not join replaces all", () => {
  const branch = { messages: sampleBranch(0, 4), before: "m0" };
  const replaced = withLastPage(branch, { messages: sampleBranch(50, 52), before: "m50" });
  assertEquals([ids(replaced), replaced.before], ["m50 m51", "m50"]);
});

Deno.test("a message that changed is taken, one that did not stays the same object", () => {
  const branch = { messages: sampleBranch(0, 2), before: null };
  const [first, second] = sampleBranch(0, 2);
  const page = { messages: [first, { ...second, siblings: { index: 1, ids: ["m1", "x"] } }], before: null };
  const next = withLastPage(branch, page as never);
  assertStrictEquals(next.messages[0], branch.messages[0]);
  assertEquals(next.messages[1]?.siblings.index, 1);
});

Deno.test("an earlier page goes before, without repeating what is there", () => {
  const branch = { messages: sampleBranch(4, 8), before: "m4" };
  const more = withEarlierPage(branch, { messages: sampleBranch(2, 5), before: "m2" });
  assertEquals([ids(more), more.before], ["m2 m3 m4 m5 m6 m7", "m2"]);
});

Deno.test("a turn replaces what followed its parent", () => {
  const branch = { messages: sampleBranch(0, 6), before: null };
  const edited = sampleMessage("new", { parentId: "m1" });
  assertEquals(ids(withTurn(branch, [edited])), "m0 m1 new");
  assertEquals(ids(withTurn(branch, [sampleMessage("first", { parentId: null })])), "first");
});

Deno.test("a continued message stays in its place", () => {
  const branch = { messages: sampleBranch(0, 4), before: null };
  const continued = sampleMessage("m3", { parentId: "m2", status: "streaming" });
  const next = withTurn(branch, [continued]);
  assertEquals(ids(next), "m0 m1 m2 m3");
  assertEquals(next.messages[3]?.status, "streaming");
  assertEquals(withMessage(next, sampleMessage("m3")).messages[3]?.status, "complete");
});
