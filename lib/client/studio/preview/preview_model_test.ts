import { assertEquals } from "@std/assert";
import { FreshetError } from "../../../shared/mod.ts";
import { FakeClock, settle } from "../../testing/fake_clock.ts";
import type { PickedElement } from "./messages.ts";
import { PreviewModel } from "./preview_model.ts";

function setUp(address?: () => Promise<{ url: string; expiresAt: number }>) {
  const clock = new FakeClock();
  const picked: PickedElement[] = [];
  const posted: unknown[] = [];
  const asked: string[] = [];
  const model = new PreviewModel({
    projectId: "p",
    clock,
    api: {
      address: (_, versionId) => {
        asked.push(versionId);
        return address?.() ??
          Promise.resolve({ url: `http://localhost:1/preview/${versionId}.t/`, expiresAt: 0 });
      },
    },
    onPick: (element) => picked.push(element),
  });
  const window = { postMessage: (message: unknown) => void posted.push(message) };
  model.attach(window);
  const send = (message: object, from: unknown = window) =>
    model.receive({ source: from as MessageEvent["source"], data: { freshet: "v1.t", ...message } });
  return { clock, model, picked, posted, asked, send };
}

const READY = { type: "ready", title: "", path: "" };

Deno.test("a version is loaded once, and again with another frame on reload", async () => {
  const { model, asked, send, clock } = setUp();
  await model.show("v1");
  await model.show("v1");
  assertEquals([model.state.value, asked], ["loading", ["v1"]]);
  const first = model.load.value?.id;
  send(READY);
  assertEquals(model.state.value, "ready");
  await model.reload();
  assertEquals([model.state.value, model.load.value?.id === first], ["loading", false]);
  await model.show(null);
  assertEquals([model.state.value, model.load.value, clock.waiting], ["empty", null, 0]);
});

Deno.test("only the newest version counts, however slow the server is", async () => {
  const answers: ((url: string) => void)[] = [];
  const { model } = setUp(() =>
    new Promise((resolve) => answers.push((url) => resolve({ url, expiresAt: 0 })))
  );
  const first = model.show("v1");
  const second = model.show("v2");
  answers[1]?.("http://localhost:1/preview/v2.t/");
  answers[0]?.("http://localhost:1/preview/v1.t/");
  await Promise.all([first, second]);
  assertEquals(model.load.value?.address.url, "http://localhost:1/preview/v2.t/");
});

Deno.test("messages of another window, with another nonce or of no form are nobody's", async () => {
  const { model, send } = setUp();
  await model.show("v1");
  send({ type: "console", level: "error", text: "foreign" }, {});
  send({ type: "console", level: "error", text: "old", freshet: "v0.t" });
  send({ type: "console", level: "shout", text: "x" });
  send({ type: "nonsense" });
  model.receive({ source: null, data: null });
  assertEquals(model.console.entries.value, []);
  send({ type: "console", level: "log", text: "mine" });
  assertEquals(model.console.entries.value.map(({ text }) => text), ["mine"]);
});

Deno.test("a page that says nothing is silent after a while, until it speaks", async () => {
  const { model, clock, send } = setUp();
  await model.show("v1");
  await clock.tick(8000);
  assertEquals(model.state.value, "silent");
  send(READY);
  assertEquals(model.state.value, "ready");
});

Deno.test("an element is picked only while one is asked for", async () => {
  const { model, picked, posted, send } = setUp();
  const element = { selector: "#a", tag: "a", text: "A", html: "<a>" };
  await model.show("v1");
  send({ type: "picked", element });
  assertEquals(picked, []);
  model.setPicking(true);
  assertEquals(posted, [{ type: "pick", on: true, freshet: "v1.t" }]);
  send({ type: "picked", element });
  assertEquals([picked, model.picking.value], [[element], false]);
  assertEquals(model.pick.value, element, "what was picked is said to screen readers");
  model.setPicking(true);
  send({ type: "pick:cancelled" });
  assertEquals([model.picking.value, model.pick.value], [false, "off"]);
});

Deno.test("a picture comes, or nothing after a while, and only an image counts", async () => {
  const { model, clock, send } = setUp();
  await model.show("v1");
  const first = model.takePicture();
  send({ type: "captured", image: "data:image/png;base64,AAAA" });
  assertEquals(await first, "data:image/png;base64,AAAA");
  const second = model.takePicture();
  send({ type: "captured", image: "https://evil.example/x.png" });
  assertEquals(await second, "");
  const third = model.takePicture();
  await clock.tick(8000);
  assertEquals(await third, "");
  model.close();
  assertEquals(clock.waiting, 0);
});

Deno.test("a refusal is said, and tried again on reload", async () => {
  let isDown = true;
  const { model } = setUp(() =>
    isDown
      ? Promise.reject(new FreshetError("not_found", "There is no such version"))
      : Promise.resolve({ url: "http://localhost:1/preview/v1.t/", expiresAt: 0 })
  );
  await model.show("v1");
  assertEquals([model.state.value, model.failure.value?.code], ["failed", "not_found"]);
  isDown = false;
  await model.reload();
  await settle();
  assertEquals([model.state.value, model.failure.value], ["loading", null]);
  model.close();
});
