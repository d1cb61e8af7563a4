import { assertEquals } from "@std/assert";
import { ProfileEvents } from "./profile_events.ts";
import { FakeClock, settle } from "./testing/fake_clock.ts";
import { failure, FakeServer, FakeStream } from "./testing/fake_server.ts";

interface Heard {
  type: string;
  settings?: { theme: string };
}

function setUp(settings: () => unknown) {
  const clock = new FakeClock();
  const streams: FakeStream[] = [];
  const server = new FakeServer().on("GET /api/events", ({ signal }) => {
    const stream = new FakeStream(signal);
    streams.push(stream);
    return stream.response;
  }).on("GET /api/settings", settings);
  const heard: string[] = [];
  const events = new ProfileEvents({
    api: server.api,
    clock,
    onEvent: (event) => {
      const { type, settings } = event as Heard;
      heard.push(settings ? `${type} ${settings.theme}` : type);
    },
    onCatchUp: () => heard.push("catch up"),
  });
  return { clock, streams, events, heard };
}

Deno.test("what was set before listening began, and during a break of it, is heard", async () => {
  let theme = "light";
  const { clock, streams, events, heard } = setUp(() => ({ theme }));
  events.listen(true);
  await settle();
  assertEquals(heard, ["catch up", "settings:changed light"]);
  theme = "llama";
  streams[0]?.close();
  await clock.tick(5_000);
  assertEquals(heard.slice(2), ["catch up", "settings:changed llama"]);
  events.listen(false);
});

Deno.test("settings that were fetched do not undo what was heard of them meanwhile", async () => {
  const answer = Promise.withResolvers<unknown>();
  const { streams, events, heard } = setUp(() => answer.promise);
  events.listen(true);
  await settle();
  streams[0]?.send('data: {"type":"settings:changed","settings":{"theme":"new"}}\n\n');
  await settle();
  answer.resolve({ theme: "old" });
  await settle();
  assertEquals(heard, ["catch up", "settings:changed new"]);
  events.listen(false);
});

Deno.test("a server that goes away again is no failure of the page", async () => {
  const { events, heard } = setUp(() => failure(503, "unreachable"));
  events.listen(true);
  await settle();
  assertEquals(heard, ["catch up"]);
  events.listen(false);
});
