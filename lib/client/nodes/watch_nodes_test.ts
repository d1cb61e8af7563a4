import { assertEquals } from "@std/assert";
import { encodeSse, type NodesPulse } from "../../shared/mod.ts";
import { FakeClock, settle } from "../testing/fake_clock.ts";
import { FakeServer, FakeStream } from "../testing/fake_server.ts";
import { NodesApi } from "./nodes_api.ts";
import { samplePulse } from "./testing/samples.ts";
import { nodesStream } from "./watch_nodes.ts";

Deno.test("pulses and changes are taken as they come, and after a break everything may have changed", async () => {
  const streams: FakeStream[] = [];
  const server = new FakeServer().on("GET /api/nodes/events", ({ signal }) => {
    const stream = new FakeStream(signal);
    streams.push(stream);
    return stream.response;
  });
  const clock = new FakeClock();
  const pulses: NodesPulse[] = [];
  let changes = 0;
  const stream = nodesStream({
    api: new NodesApi(server.api.client),
    clock,
    onPulse: (pulse) => pulses.push(pulse),
    onChanged: () => changes++,
  });
  stream.start();
  await clock.tick(0);
  assertEquals([stream.state.value, changes], ["open", 1]);
  const pulse = samplePulse(1_000, { a: { load: 5 } });
  streams[0]?.send(encodeSse({ event: "pulse", data: JSON.stringify(pulse) }));
  streams[0]?.send(encodeSse({ event: "changed", data: "{}" }));
  await clock.tick(0);
  assertEquals([pulses, changes], [[pulse], 2]);
  streams[0]?.close();
  await clock.tick(0);
  assertEquals([stream.state.value, stream.secondsLeft.value], ["waiting", 2]);
  await clock.tick(2_000);
  await settle();
  assertEquals([stream.state.value, changes], ["open", 3]);
  stream.stop();
});
