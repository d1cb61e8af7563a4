import { assertEquals } from "@std/assert";
import { effect } from "@preact/signals";
import { FreshetError, type NodeInfo, type NodeStatus } from "../../shared/mod.ts";
import { settle } from "../testing/fake_clock.ts";
import { NodesBoard, type NodesBoardOptions } from "./nodes_board.ts";
import { sampleCall, sampleNode, sampleNodes, samplePulse } from "./testing/samples.ts";

const unreachable = new FreshetError("unreachable", "The server cannot be reached");

function setUp(nodes: NodeStatus[], api: Partial<NodesBoardOptions["api"]> = {}) {
  const unexpected = () => Promise.reject(new Error("Nobody asked for this"));
  const errors: unknown[] = [];
  const board = new NodesBoard({
    nodes,
    queue: [],
    now: 0,
    api: {
      nodes: unexpected,
      reorder: unexpected,
      update: unexpected,
      test: unexpected,
      cancelQueued: unexpected,
      ...api,
    },
    onError: (error) => errors.push(error),
  });
  const node = (id: string) => {
    const found = board.find(id);
    if (!found) throw new Error(`There is no ${id}`);
    return found;
  };
  return { board, errors, node, ids: () => board.nodes.value.map(({ id }) => id) };
}

Deno.test("a pulse changes the figures it tells, and only what shows those is shown anew", () => {
  const { board, node } = setUp(sampleNodes());
  const shown = { load: 0, latency: 0, list: 0 };
  const stops = [
    effect(() => {
      void node("llama-01").figures.load.value;
      shown.load++;
    }),
    effect(() => {
      void node("llama-01").figures.latencyMs.value;
      shown.latency++;
    }),
    effect(() => {
      void board.nodes.value;
      shown.list++;
    }),
  ];
  const second = { requests: 1, failures: 0, deltas: 30 };
  board.pulse(samplePulse(1_000, { "llama-01": { load: 50, latencyMs: 130, second } }));
  assertEquals([node("llama-01").figures.load.value, node("llama-02").figures.load.value], [50, 89]);
  assertEquals(shown, { load: 2, latency: 1, list: 1 });
  assertEquals([board.beats.value, board.sums.deltas.value.at(-1)], [1, 30]);
  stops.forEach((stop) => stop());
});

Deno.test("rates and calls under way are summed over all nodes", () => {
  const { board } = setUp(sampleNodes());
  assertEquals([board.requestsPerSecond.value, board.inFlight.value], [20, 6]);
  board.pulse(samplePulse(1_000, { "llama-02": { requestsPerSecond: 3, inFlight: 1 } }));
  assertEquals([board.requestsPerSecond.value, board.inFlight.value], [15, 3]);
});

Deno.test("nodes that are fetched again keep their models, come and go", async () => {
  const now = [sampleNode("b", { name: "Bee" }), sampleNode("c")];
  const { board, node, ids } = setUp([sampleNode("a"), sampleNode("b")], {
    nodes: () => Promise.resolve(now),
  });
  const before = node("b");
  await board.reload();
  assertEquals([ids(), node("b") === before, before.facts.value.name], [["b", "c"], true, "Bee"]);
});

Deno.test("a node that is just being asked again keeps its light", async () => {
  const { board, node } = setUp([sampleNode("a")], {
    nodes: () => Promise.resolve([sampleNode("a", { status: "unknown" })]),
  });
  await board.reload();
  assertEquals(node("a").look.value, "healthy");
});

Deno.test("new tiers are shown at once, kept through what comes in, and told by the server in the end", async () => {
  const saved = Promise.withResolvers<NodeInfo[]>();
  let asked = 0;
  const server = [
    sampleNode("b", { priority: 5 }),
    sampleNode("a"),
    sampleNode("fixed", { origin: "config" }),
    sampleNode("new"),
  ];
  const { board, ids, node } = setUp(
    [sampleNode("a"), sampleNode("fixed", { origin: "config" }), sampleNode("b")],
    {
      reorder: () => saved.promise,
      nodes: () => {
        asked++;
        return Promise.resolve(server);
      },
    },
  );
  assertEquals(board.tiers.value, [["a", "fixed", "b"]]);
  const wanted = [["b"], ["a", "fixed"]];
  const saving = board.reorder(wanted);
  assertEquals(board.tiers.value, wanted);
  await board.reload();
  assertEquals([asked, board.tiers.value], [0, wanted], "half an order is not fetched");
  saved.resolve(server.slice(0, 3));
  assertEquals([await saving, ids(), asked], [true, ["b", "a", "fixed", "new"], 1]);
  assertEquals([board.tiers.value, node("b").facts.value.priority], [[["b"], ["a", "fixed", "new"]], 5]);
});

Deno.test("tiers that the server refuses are taken back", async () => {
  const { board, errors } = setUp([sampleNode("a"), sampleNode("b")], {
    reorder: () => Promise.reject(unreachable),
  });
  const saving = board.reorder([["b"], ["a"]]);
  assertEquals(board.tiers.value, [["b"], ["a"]]);
  assertEquals([await saving, board.tiers.value, errors], [false, [["a", "b"]], [unreachable]]);
});

Deno.test("switching off and draining show at once, and are taken back where the server refuses", async () => {
  const { board, node, errors } = setUp([sampleNode("a")], { update: () => Promise.reject(unreachable) });
  const draining = board.setDraining(node("a"), true);
  assertEquals(node("a").look.value, "draining");
  await draining;
  assertEquals(node("a").look.value, "healthy");
  const disabling = board.setEnabled(node("a"), false);
  assertEquals(node("a").look.value, "off");
  await disabling;
  assertEquals([node("a").look.value, errors.length], ["healthy", 2]);
});

Deno.test("a test is made once at a time and shows what came of it", async () => {
  const answer = Promise.withResolvers<
    { ok: boolean; message: string; latencyMs: number; models: string[] }
  >();
  let tests = 0;
  const { board, node } = setUp([sampleNode("a")], {
    test: () => {
      tests++;
      return answer.promise;
    },
  });
  const testing = board.test(node("a"));
  assertEquals([board.testing.value.has("a"), await board.test(node("a"))], [true, undefined]);
  answer.resolve({ ok: false, message: "Refused", latencyMs: 3, models: [] });
  await testing;
  assertEquals([tests, board.testing.value.size, node("a").look.value, node("a").reason.value], [
    1,
    0,
    "offline",
    "Refused",
  ]);
});

Deno.test("a call leaves the queue once the server has taken it out", async () => {
  const answers = [Promise.reject(unreachable), Promise.resolve()];
  const { board, errors } = setUp([], { cancelQueued: () => answers.shift() ?? Promise.resolve() });
  board.pulse(samplePulse(1_000, {}, [sampleCall("c1"), sampleCall("c2", { position: 2 })]));
  assertEquals([await board.cancel("c1"), board.queue.value.length, errors], [false, 2, [unreachable]]);
  assertEquals(await board.cancel("c1"), true);
  await settle();
  assertEquals(board.queue.value.map(({ callId }) => callId), ["c2"]);
});
