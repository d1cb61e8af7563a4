import { assertEquals, assertStringIncludes } from "@std/assert";
import { localPrincipal } from "../../lib/access/mod.ts";
import { withConnectDeadline } from "../../lib/connect_deadline/mod.ts";
import { FakeClock } from "../../lib/host/testing.ts";
import type { Fetch } from "../../lib/http1/mod.ts";
import { FakeNode } from "../nodes/fake_node.ts";
import { withFleet } from "../nodes/fleet.ts";
import { SCRIPTED_MODEL, scriptedAnswer } from "../nodes/scripted_model.ts";
import { assertWhole } from "../nodes/whole_answer.ts";
import { seededRandom } from "../random.ts";

Deno.test("a node at https:// whose host drops packets is left for the next one by the connect deadline", async () => {
  const clock = new FakeClock();
  const asked = Promise.withResolvers<void>();
  // It lists its models, and then goes off the net.
  const send: Fetch = (_input, init) => {
    if (init?.method !== "POST") return Promise.resolve(Response.json({ data: [{ id: SCRIPTED_MODEL }] }));
    asked.resolve();
    return new Promise((_, reject) => {
      init.signal?.addEventListener("abort", () => reject(init.signal?.reason), { once: true });
    });
  };
  const fallback = withConnectDeadline(send, {
    clock,
    connect: () => new Promise(() => {}),
    env: () => undefined,
  });
  const near = await FakeNode.start("vllm", (prompt) => scriptedAnswer(prompt, seededRandom(1)));
  await withFleet([{ node: near, priority: 2 }], async (fleet) => {
    const far = { name: "Far", kind: "openai", baseUrl: "https://far.test/v1", priority: 1 } as const;
    const { id } = await fleet.nodes.registry.create(localPrincipal, far);
    await fleet.nodes.catalog.refresh(localPrincipal);
    await clock.advance(30_000);
    const answering = fleet.ask("off the net");
    await asked.promise;
    await clock.advance(10_000);
    const answer = await answering;
    assertWhole(answer);
    const path = answer.events.flatMap((event) =>
      event.type === "node" ? [event.nodeName, event.reason] : []
    );
    assertEquals([path[0], path.length], ["Far", 4]);
    assertStringIncludes(
      path[3] ?? "",
      "Far failed (Cannot reach the server at far.test: it does not answer)",
    );
    const [decision] = fleet.nodes.dispatcher.decisions.latest(localPrincipal.profileId, 1, id);
    assertEquals(decision?.error?.code, "unreachable");
  }, { fallback });
});
