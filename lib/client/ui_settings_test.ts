import { assertEquals } from "@std/assert";
import { failure, FakeServer } from "./testing/fake_server.ts";
import { samplePage } from "./testing/samples.ts";
import { UiSettingsModel } from "./ui_settings.ts";

Deno.test("what is heard from elsewhere does not undo a change of ours that is under way", async () => {
  const answer = Promise.withResolvers<unknown>();
  const { api } = new FakeServer().on("PATCH /api/settings", () => answer.promise);
  const { settings } = samplePage();
  const model = new UiSettingsModel(settings, api, () => {});
  const changing = model.change({ theme: "llama" });
  model.receive({ ...settings, smoothText: !settings.smoothText });
  assertEquals([model.values.value.theme, model.values.value.smoothText], ["llama", !settings.smoothText]);
  answer.resolve({});
  await changing;
  assertEquals([model.values.value.theme, model.values.value.smoothText], ["llama", !settings.smoothText]);
});

Deno.test("only what the server refuses is taken back", async () => {
  const { api } = new FakeServer().on("PATCH /api/settings", () => failure(500, "internal"));
  const { settings } = samplePage();
  const errors: unknown[] = [];
  const model = new UiSettingsModel(settings, api, (error) => errors.push(error));
  const changing = model.change({ theme: "llama" });
  model.receive({ ...settings, smoothText: !settings.smoothText });
  await changing;
  assertEquals([model.values.value.theme, model.values.value.smoothText, errors.length], [
    settings.theme,
    !settings.smoothText,
    1,
  ]);
});
