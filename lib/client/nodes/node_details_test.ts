import { assert, assertEquals } from "@std/assert";
import { FreshetError, type NodeDecision } from "../../shared/mod.ts";
import { settle } from "../testing/fake_clock.ts";
import { NodeDetails } from "./node_details.ts";
import { sampleDecision, sampleLog } from "./testing/samples.ts";

function setUp() {
  const asked: [string, PromiseWithResolvers<NodeDecision[]>][] = [];
  const details = new NodeDetails({
    nodeId: null,
    decisions: [],
    log: null,
    api: {
      log: (nodeId) => Promise.resolve(sampleLog(nodeId)),
      decisions: (nodeId) => {
        const answer = Promise.withResolvers<NodeDecision[]>();
        asked.push([nodeId, answer]);
        return answer.promise;
      },
    },
  });
  const answer = async (i: number, ...ids: string[]) => {
    asked[i]?.[1].resolve(ids.map((id) => sampleDecision(id)));
    await settle();
  };
  return { details, asked, answer, ids: () => details.decisions.value?.map(({ callId }) => callId) };
}

Deno.test("a node's decisions come with its details, and are fetched once more for what came meanwhile", async () => {
  const { details, asked, answer, ids } = setUp();
  const opening = details.open("a");
  assertEquals([details.nodeId.value, details.decisions.value], ["a", null]);
  void details.reload();
  void details.reload();
  await answer(0, "c1");
  assertEquals([ids(), details.log.value], [["c1"], sampleLog("a")]);
  const before = details.decisions.value?.[0];
  await answer(1, "c2", "c1");
  await opening;
  assertEquals([ids(), asked.length], [["c2", "c1"], 2]);
  assert(details.decisions.value?.[1] === before, "what did not change is the same object");
});

Deno.test("decisions of a node that was left are not shown with another one", async () => {
  const { details, asked, answer, ids } = setUp();
  const opening = details.open("a");
  void details.open("b");
  await answer(0, "of a");
  assertEquals([ids(), details.log.value, asked.map(([id]) => id)], [undefined, null, ["a", "b"]]);
  await answer(1, "of b");
  await opening;
  assertEquals([ids(), details.log.value], [["of b"], sampleLog("b")]);
  details.close();
  await details.reload();
  assertEquals([details.nodeId.value, details.decisions.value, details.log.value], [null, null, null]);
  assertEquals(asked.length, 2);
});

Deno.test("decisions that cannot be fetched say why and keep what is there", async () => {
  const { details, asked, answer, ids } = setUp();
  const opening = details.open("a");
  await answer(0, "c1");
  await opening;
  const again = details.reload();
  asked[1]?.[1].reject(new FreshetError("unreachable", "The server cannot be reached"));
  await again;
  assertEquals([ids(), details.problem.value?.code], [["c1"], "unreachable"]);
});
