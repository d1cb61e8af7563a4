import { assertEquals } from "@std/assert";
import { textsOf } from "../shared/texts/mod.ts";
import { Drafts } from "./drafts.ts";
import { PageAwake } from "./page_awake.ts";
import { PageModel, pageModel } from "./page_model.ts";
import { ProfileEvents } from "./profile_events.ts";
import { FakeClock, settle } from "./testing/fake_clock.ts";
import { FakeServer, FakeStream } from "./testing/fake_server.ts";
import { sampleBranch, sampleChat, sampleMessage, sampleModel, samplePage } from "./testing/samples.ts";

const texts = textsOf("en", ["common", "chat"]);

function setUp() {
  const clock = new FakeClock();
  const server = new FakeServer();
  const data = samplePage({
    models: ["llama", "qwen", "gemma"].map((id) => sampleModel(id)),
    chat: sampleChat(),
    page: { messages: sampleBranch(0, 2), before: null },
  });
  const model = new PageModel(data, texts, {
    api: server.api,
    clock,
    drafts: new Drafts(undefined),
    navigate() {},
  });
  return { clock, server, model, data };
}

Deno.test("islands that are rendered from the same data share a model, other pages have their own", () => {
  const data = samplePage();
  assertEquals(pageModel(data, texts) === pageModel(data, texts), true);
  assertEquals(pageModel(data, texts) === pageModel(samplePage(), texts), false);
});

Deno.test("the model is the chat's, else the person's, else the default", () => {
  const { model } = setUp();
  assertEquals(model.modelId.value, "llama");
  model.settings.receive({ ...model.settings.values.value, defaultModel: "gone" });
  assertEquals(model.modelId.value, "llama");
  model.settings.receive({ ...model.settings.values.value, defaultModel: "qwen" });
  assertEquals(model.modelId.value, "qwen");
  model.runSettings.change({ model: "gemma" });
  assertEquals(model.modelId.value, "gemma");
});

Deno.test("what happens elsewhere is shown here", async () => {
  const { model, server } = setUp();
  model.news.receive({
    type: "chat:changed",
    chat: sampleChat("c1", { title: "Renamed", settings: { seed: 5 } }),
  });
  assertEquals([model.chat.chat.value?.title, model.runSettings.values.value.seed], ["Renamed", 5]);
  assertEquals(model.chats.chats.value[0]?.title, "Renamed");
  server.on("GET /api/models", () => ({ models: [sampleModel("new")], defaultModel: "new" }));
  model.news.receive({ type: "nodes:changed" });
  server.on("GET /api/chat/sessions/c1/messages", () => ({
    messages: [...sampleBranch(0, 2), sampleMessage("m2", { parentId: "m1" })],
    before: null,
  }));
  model.news.receive({ type: "messages:changed", chatId: "c1" });
  model.news.receive({ type: "messages:changed", chatId: "another" });
  await settle();
  assertEquals([model.models.entries.value[0]?.id, model.chat.branch.value.messages.length], ["new", 3]);
  assertEquals(server.asked.length, 2);
});

Deno.test("a deleted chat can be brought back", async () => {
  const { model, server, clock } = setUp();
  const other = sampleChat("c2", { title: "Other" });
  model.chats.put(other);
  server.on("DELETE /api/chat/sessions/c2", () => new Response(null, { status: 204 }));
  server.on("POST /api/chat/sessions/c2/restore", () => other);
  await model.actions.delete(other);
  assertEquals(model.chats.chats.value.length, 0);
  const [toast] = model.toasts.list.value;
  assertEquals(toast?.message, "“Other” was deleted");
  toast?.action?.run();
  await settle();
  assertEquals(model.chats.chats.value.map(({ id }) => id), ["c2"]);
  await clock.tick(20_000);
});

Deno.test("a far message is looked for page by page", async () => {
  const { model, server } = setUp();
  const page = { messages: sampleBranch(50, 52), before: "m50" };
  server.on("GET /api/chat/sessions/c1/messages", ({ path }) => {
    const before = Number(new URLSearchParams(path.split("?")[1]).get("before")?.slice(1));
    return { messages: sampleBranch(before - 20, before), before: before > 20 ? `m${before - 20}` : null };
  });
  await model.chat.showPage(page);
  assertEquals(await model.actions.seek("m12"), true);
  assertEquals(model.chat.branch.value.messages[0]?.id, "m10");
  assertEquals(await model.actions.seek("nowhere"), false);
});

Deno.test("a visible page has one connection, which a hidden one lets go of after ten seconds", async () => {
  const clock = new FakeClock();
  const streams: FakeStream[] = [];
  const server = new FakeServer().on("GET /api/events", ({ signal }) => {
    const stream = new FakeStream(signal);
    streams.push(stream);
    return stream.response;
  });
  const heard: string[] = [];
  let catchUps = 0;
  const events = new ProfileEvents({
    api: server.api,
    clock,
    onEvent: (event) => heard.push(event.type),
    onCatchUp: () => catchUps++,
  });
  const awake = new PageAwake(clock);
  const stop = awake.awake.subscribe((is) => events.listen(is));
  await settle();
  streams[0]?.send('event: nodes:changed\ndata: {"type":"nodes:changed"}\n\n');
  awake.setVisible(false);
  await clock.tick(9_000);
  assertEquals([heard, streams[0]?.cancelled], [["nodes:changed"], false]);
  awake.setVisible(true);
  await clock.tick(60_000 - 9_001);
  awake.setVisible(false);
  await clock.tick(10_000);
  assertEquals(streams.at(-1)?.cancelled, true);
  const before = catchUps;
  awake.setVisible(true);
  await settle();
  assertEquals(catchUps - before, 1);
  stop();
  awake.leave();
  events.listen(false);
});
