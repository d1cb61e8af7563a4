import { assertEquals, assertFalse } from "@std/assert";
import { computed, signal } from "@preact/signals";
import { LiveNode } from "./live_node.ts";
import { NodeOrder } from "./node_order.ts";
import { type Tiers, tiersOf } from "./tiers.ts";
import { sampleNode } from "./testing/samples.ts";

const written = (tiers: Tiers) => tiers.map((ids) => ids.join(" ")).join(" | ");

/** Nodes a and b with one of the configuration, then c, then the built-in one. */
function setUp() {
  const nodes = signal(
    [
      sampleNode("a", { priority: 10 }),
      sampleNode("fixed", { priority: 10, origin: "config" }),
      sampleNode("b", { priority: 10 }),
      sampleNode("c", { priority: 20 }),
      sampleNode("sketch", { priority: 1000, origin: "builtin" }),
    ].map((node) => new LiveNode(node, 0)),
  );
  const kept = signal<Tiers | null>(null);
  const saved: string[] = [];
  const news: string[] = [];
  const order = new NodeOrder({
    nodes,
    tiers: computed(() => kept.value ?? tiersOf(nodes.value.map((node) => node.facts.value))),
    save: (tiers) => {
      saved.push(written(tiers));
      kept.value = tiers;
      return Promise.resolve(true);
    },
    onNews: (what, node, { tier, count, sharing }) =>
      news.push(`${what} ${node.id} ${tier}/${count} x${sharing}`),
  });
  const shown = () => written(order.shown.value.map((tier) => tier.nodes.map(({ id }) => id)));
  return { order, saved, news, shown };
}

Deno.test("a lifted node goes to a tier of its own, then into the next tier, is put down, and saved", async () => {
  const { order, saved, news, shown } = setUp();
  assertEquals(shown(), "a fixed b | c | sketch");
  order.lift("a");
  order.moveBy(1);
  assertEquals(shown(), "fixed b | a | c | sketch");
  order.moveBy(1);
  await order.drop();
  assertEquals([shown(), saved, order.lifted.value], ["fixed b | a c | sketch", ["fixed b | c a"], null]);
  assertEquals(news, ["lifted a 1/2 x3", "moved a 2/3 x1", "moved a 2/2 x2", "dropped a 2/2 x2"]);
});

Deno.test("beyond the ends nothing moves, and nothing is saved where nothing moved", async () => {
  const { order, saved, shown, news } = setUp();
  order.lift("c");
  order.moveBy(1);
  order.moveBy(Infinity);
  await order.drop();
  assertEquals([shown(), saved, news], ["a fixed b | c | sketch", [], [
    "lifted c 2/2 x1",
    "dropped c 2/2 x1",
  ]]);
});

Deno.test("a move that is cancelled leaves everything as it was", () => {
  const { order, saved, shown, news } = setUp();
  order.lift("c");
  order.moveBy(-Infinity);
  assertEquals(shown(), "c | a fixed b | sketch");
  order.cancel();
  assertEquals([shown(), saved, order.lifted.value, news.at(-1)], [
    "a fixed b | c | sketch",
    [],
    null,
    "cancelled c 2/2 x1",
  ]);
});

Deno.test("over a node the lifted one joins its tier, over a heading it gets one of its own; what is fixed cannot be lifted", async () => {
  const { order, shown, saved } = setUp();
  assertFalse(order.lift("fixed"));
  assertFalse(order.lift("sketch"));
  const gaps = () => order.shown.value.map(({ gap }) => gap);
  order.lift("b");
  assertEquals(gaps(), [0, 1, 2]);
  order.moveInto("sketch");
  assertEquals(shown(), "a fixed b | c | sketch", "the built-in node shares with nobody");
  order.moveInto("c");
  assertEquals(shown(), "a fixed | b c | sketch");
  order.moveToGap(1);
  assertEquals(
    [shown(), gaps()],
    ["a fixed | b | c | sketch", [0, 1, 1, 2]],
    "both headings mean the same place",
  );
  order.moveToGap(2);
  assertEquals([shown(), order.shown.value.at(-2)?.gapAfter], ["a fixed | c | b | sketch", 2]);
  order.moveInto("fixed");
  await order.drop();
  assertEquals(saved, [], "it is where it was");
  await order.shift("c", -1);
  assertEquals(shown(), "a fixed b c | sketch");
});

Deno.test("while a pointer moves a node all stands still, and what it would be dropped on is marked", async () => {
  const { order, shown, saved } = setUp();
  const marked = () => order.shown.value.map((tier) => order.targetAt(tier));
  order.lift("c", true);
  assertEquals(marked(), [null, null, null]);
  order.moveInto("a");
  assertEquals([shown(), marked()], ["a fixed b | c | sketch", ["into", null, null]]);
  order.moveToGap(0);
  assertEquals([shown(), marked()], ["a fixed b | c | sketch", ["before", null, null]]);
  order.moveToGap(1);
  assertEquals(marked(), [null, null, null], "where it came from");
  order.moveToGap(0);
  await order.drop();
  assertEquals([shown(), marked(), saved], ["c | a fixed b | sketch", [null, null, null], ["c | a fixed b"]]);
  order.lift("a", true);
  order.moveInto("c");
  assertEquals(marked(), ["into", null, null]);
  order.moveToGap(1);
  assertEquals(marked(), [null, "before", null]);
});
