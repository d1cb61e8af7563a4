import { assertEquals, assertFalse } from "@std/assert";
import { signal } from "@preact/signals";
import { LiveNode } from "./live_node.ts";
import { NodeOrder } from "./node_order.ts";
import { inOrder } from "./nodes_board.ts";
import { sampleNode } from "./testing/samples.ts";

function setUp() {
  const fixed = sampleNode("fixed", { origin: "config" });
  const nodes = signal(
    [sampleNode("a"), fixed, sampleNode("b"), sampleNode("c")].map((node) => new LiveNode(node, 0)),
  );
  const saved: string[] = [];
  const news: string[] = [];
  const order = new NodeOrder({
    nodes,
    save: (ids) => {
      saved.push(ids.join(" "));
      nodes.value = inOrder(nodes.value, ids);
      return Promise.resolve(true);
    },
    onNews: (what, node, place, count) => news.push(`${what} ${node.id} ${place}/${count}`),
  });
  return { order, saved, news, shown: () => order.shown.value.map(({ id }) => id).join(" ") };
}

Deno.test("a lifted node is moved over those that cannot be, put down, and saved", async () => {
  const { order, saved, news, shown } = setUp();
  order.lift("a");
  order.moveBy(1);
  assertEquals(shown(), "b fixed a c");
  order.moveBy(1);
  await order.drop();
  assertEquals([shown(), saved, order.lifted.value], ["b fixed c a", ["b c a"], null]);
  assertEquals(news, ["lifted a 1/3", "moved a 2/3", "moved a 3/3", "dropped a 3/3"]);
});

Deno.test("beyond the ends nothing moves, and nothing is saved where nothing moved", async () => {
  const { order, saved, shown, news } = setUp();
  order.lift("a");
  order.moveBy(-1);
  order.moveBy(-Infinity);
  await order.drop();
  assertEquals([shown(), saved, news], ["a fixed b c", [], ["lifted a 1/3", "dropped a 1/3"]]);
});

Deno.test("a move that is cancelled leaves everything as it was", () => {
  const { order, saved, shown, news } = setUp();
  order.lift("c");
  order.moveBy(-Infinity);
  assertEquals(shown(), "c fixed a b");
  order.cancel();
  assertEquals([shown(), saved, order.lifted.value, news.at(-1)], [
    "a fixed b c",
    [],
    null,
    "cancelled c 3/3",
  ]);
});

Deno.test("what is dragged over takes the other place; what is fixed neither moves nor makes room", async () => {
  const { order, shown } = setUp();
  assertFalse(order.lift("fixed"));
  order.lift("c");
  order.moveTo("fixed");
  assertEquals(shown(), "a fixed b c");
  order.moveTo("a");
  assertEquals(shown(), "c fixed a b");
  await order.drop();
  await order.shift("c", 1);
  assertEquals(shown(), "a fixed c b");
});
