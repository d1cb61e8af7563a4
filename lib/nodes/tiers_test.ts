import { assertEquals, assertThrows } from "@std/assert";
import { FreshetError, type NodeInfo } from "../shared/mod.ts";
import { prioritiesOf, tiersNamed } from "./tiers.ts";

/** A node by its short form: its id, its priority, and "!" where the configuration holds it. */
function node(short: string): NodeInfo {
  const [, id = "", priority, fixed] = /^([a-z]+)(\d+)(!?)$/.exec(short) ?? [];
  return {
    id,
    name: id,
    kind: "ollama",
    baseUrl: `http://${id}.local`,
    hasKey: false,
    origin: fixed ? "config" : "manual",
    enabled: true,
    local: true,
    priority: Number(priority),
    weight: 1,
    concurrency: 0,
    tags: [],
    createdAt: 0,
    updatedAt: 0,
  };
}

const prioritiesFor = (...tiers: string[]) => prioritiesOf(tiers.map((tier) => tier.split(" ").map(node)));

Deno.test("a tier of its own is put between the others, which keep their priorities", () => {
  assertEquals(prioritiesFor("a10", "b10 c10"), [5, 10], "before");
  assertEquals(prioritiesFor("b10 c10", "a10"), [10, 20], "after");
  assertEquals(prioritiesFor("a10", "b10", "c20"), [10, 15, 20], "between");
  assertEquals(prioritiesFor("a10 b20", "c20"), [10, 20], "a node that joins another tier");
});

Deno.test("tiers that were reversed, or have no room between them, are numbered anew as far as needed", () => {
  assertEquals(prioritiesFor("c30", "b20", "a10"), [30, 40, 50]);
  assertEquals(prioritiesFor("a10", "x99", "b11"), [10, 99, 109]);
  assertEquals(prioritiesFor("a0", "x0", "b1"), [10, 20, 30]);
  assertEquals(prioritiesFor("a1", "x10000", "y10000"), [1, 11, 10_000]);
});

Deno.test("what the configuration holds stays where it is, and the others go around it", () => {
  assertEquals(prioritiesFor("a10", "fix10!", "b10"), [5, 10, 20]);
  assertEquals(prioritiesFor("a20 fix10!", "b10"), [10, 20]);
  assertEquals(prioritiesFor("fix10! other10!", "a30", "last12!"), [10, 11, 12]);
  for (
    const order of [["fix20!", "other10!"], ["a10", "fix0!"], ["fix10! other20!"], ["a1!", "b5", "c2!"]]
  ) {
    assertEquals(assertThrows(() => prioritiesFor(...order), FreshetError).code, "conflict", `${order}`);
  }
});

Deno.test("a new tier keeps off the priorities of nodes that the order does not name, while there is room", () => {
  const tiers = ["a10 b10", "c10", "d10"].map((tier) => tier.split(" ").map(node));
  assertEquals(prioritiesOf(tiers, new Set([20, 30])), [10, 21, 31]);
  assertEquals(prioritiesOf([["a10"], ["b10"], ["x12!"]].map((tier) => tier.map(node)), new Set([11])), [
    10,
    11,
    12,
  ]);
});

Deno.test("rising priorities come of any order of many tiers", () => {
  for (let seed = 1; seed <= 50; seed++) {
    let state = seed;
    const next = () => (state = state * 16_807 % 2_147_483_647);
    const tiers = Array.from(
      { length: 1 + next() % 12 },
      () => Array.from({ length: 1 + next() % 3 }, () => node(`n${next() % 15}`)),
    );
    const priorities = prioritiesOf(tiers);
    const isRising = priorities.every((priority, i) =>
      Number.isInteger(priority) && priority > (priorities[i - 1] ?? 0)
    );
    assertEquals([isRising, priorities.length], [true, tiers.length], `seed ${seed}: ${priorities}`);
  }
});

Deno.test("who is not named comes after, in the tiers there are; unknown ones and doubles do not count", () => {
  const nodes = ["a10", "b10", "c20", "d20", "fix10!"].map(node);
  const ids = (named: string[][]) =>
    tiersNamed(nodes, named).map((tier) => tier.map(({ id }) => id).join(" "));
  assertEquals(ids([["d", "nobody"], [], ["d", "fix"]]), ["d", "fix", "a b", "c"]);
  assertEquals(ids([]), ["a b", "c d"]);
});
