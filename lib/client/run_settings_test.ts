import { assertEquals } from "@std/assert";
import { RunSettings } from "./run_settings.ts";
import { FakeClock, settle } from "./testing/fake_clock.ts";
import { FakeServer } from "./testing/fake_server.ts";
import { sampleChat } from "./testing/samples.ts";

function setUp(chat: Parameters<typeof sampleChat>[1] | null = { settings: { model: "llama" } }) {
  const clock = new FakeClock();
  const server = new FakeServer().on("PATCH /api/chat/sessions/*", () => ({}));
  const settings = new RunSettings(chat && sampleChat("c1", chat), server.api, clock, (error) => {
    throw error;
  });
  return { clock, server, settings };
}

Deno.test("changes are saved together after a pause; undefined takes one back", async () => {
  const { clock, server, settings } = setUp();
  settings.change({ temperature: 0.1 });
  await clock.tick(400);
  settings.change({ temperature: 0.2, seed: 7 });
  settings.change({ seed: undefined });
  await clock.tick(500);
  assertEquals(server.asked.map(({ body }) => body), [{ settings: { model: "llama", temperature: 0.2 } }]);
});

Deno.test("without a chat nothing is saved: the first message carries the settings", async () => {
  const { clock, server, settings } = setUp(null);
  settings.change({ topP: 0.5 });
  await clock.tick(1000);
  assertEquals([server.asked.length, settings.values.value], [0, { topP: 0.5 }]);
});

Deno.test("what is changed elsewhere is taken, but not over changes that wait", async () => {
  const { clock, settings } = setUp();
  settings.receive(sampleChat("c1", { settings: { seed: 1 } }));
  assertEquals(settings.values.value, { seed: 1 });
  settings.change({ seed: 2 });
  settings.receive(sampleChat("c1", { settings: { seed: 3 } }));
  assertEquals(settings.values.value, { seed: 2 });
  await clock.tick(500);
  settings.receive(sampleChat("c1", { settings: { seed: 4 } }));
  assertEquals(settings.values.value, { seed: 4 });
});

Deno.test("changes of a chat that is left are saved to it", async () => {
  const { server, settings } = setUp();
  settings.change({ seed: 2 });
  settings.receive(sampleChat("c2"));
  await settle();
  assertEquals(server.log, ["PATCH /api/chat/sessions/c1"]);
  assertEquals(settings.values.value, {});
});
