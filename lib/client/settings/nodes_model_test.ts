import { assert, assertEquals } from "@std/assert";
import { FreshetError, type NodeInfo, type NodeTest, type NodeView } from "../../shared/mod.ts";
import { settle } from "../testing/fake_clock.ts";
import { NodesModel, type NodesModelOptions } from "./nodes_model.ts";

function nodeView(id: string, changes: Partial<NodeView> = {}): NodeView {
  return {
    id,
    name: id,
    kind: "ollama",
    baseUrl: "http://127.0.0.1:11434",
    hasKey: false,
    origin: "manual",
    enabled: true,
    local: true,
    priority: 10,
    weight: 1,
    concurrency: 0,
    tags: [],
    createdAt: 0,
    updatedAt: 0,
    health: { status: "healthy", reason: "2 models", latencyMs: 5 },
    models: [],
    ...changes,
  };
}

const unreachable = new FreshetError("unreachable", "The server cannot be reached");

function setUp(api: Partial<NodesModelOptions["api"]>) {
  const unexpected = () => Promise.reject(new Error("Nobody asked for this"));
  const errors: unknown[] = [];
  const model = new NodesModel({
    nodes: [nodeView("a"), nodeView("b")],
    confirming: null,
    api: {
      nodes: unexpected,
      updateNode: unexpected,
      deleteNode: unexpected,
      testNode: unexpected,
      discover: unexpected,
      ...api,
    },
    onError: (error) => errors.push(error),
  });
  return { model, errors };
}

Deno.test("a node is switched at once, and back where the server refuses", async () => {
  const { model, errors } = setUp({ updateNode: () => Promise.reject(unreachable) });
  const switching = model.setEnabled("a", false);
  assertEquals(model.find("a")?.enabled, false);
  await switching;
  assertEquals([model.find("a")?.enabled, errors], [true, [unreachable]]);
});

Deno.test("a test shows that it runs, then what came of it", async () => {
  const answer = Promise.withResolvers<NodeTest>();
  const { model } = setUp({ testNode: () => answer.promise });
  const testing = model.test("a");
  assert(model.testing.value.has("a") && !model.testing.value.has("b"));
  answer.resolve({ ok: false, message: "Refused", latencyMs: 3, models: [] });
  assertEquals((await testing)?.message, "Refused");
  assertEquals([model.testing.value.size, model.find("a")?.health.status, model.find("a")?.health.reason], [
    0,
    "offline",
    "Refused",
  ]);
});

Deno.test("a node that is being asked again keeps its light", async () => {
  const asked = [nodeView("a", { health: { status: "unknown", reason: "Not asked yet" } }), nodeView("c")];
  const { model } = setUp({ nodes: () => Promise.resolve({ nodes: asked }) });
  await model.reload();
  assertEquals(model.nodes.value.map(({ id, health }) => [id, health.status]), [["a", "healthy"], [
    "c",
    "healthy",
  ]]);
});

Deno.test("a removed node goes once the server has removed it", async () => {
  const answer = Promise.withResolvers<void>();
  const { model } = setUp({ deleteNode: () => answer.promise });
  model.confirming.value = "a";
  const deleting = model.delete("a");
  assertEquals([model.confirming.value, model.nodes.value.length], [null, 2]);
  answer.resolve();
  assertEquals([await deleting, model.nodes.value.map(({ id }) => id)], [true, ["b"]]);
});

Deno.test("looking around says what is new, once at a time", async () => {
  const found: NodeInfo = nodeView("c");
  let looks = 0;
  const answer = Promise.withResolvers<{ nodes: NodeView[]; found: NodeInfo[] }>();
  const { model } = setUp({
    discover: () => {
      looks++;
      return answer.promise;
    },
  });
  const looking = model.look();
  await model.look();
  assertEquals([looks, model.looking.value, model.found.value], [1, true, null]);
  answer.resolve({ nodes: [nodeView("a"), nodeView("c")], found: [found] });
  await looking;
  await settle();
  assertEquals([model.looking.value, model.found.value?.map(({ id }) => id), model.nodes.value.length], [
    false,
    ["c"],
    2,
  ]);
});
