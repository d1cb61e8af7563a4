import { assertEquals } from "@std/assert";
import { defaultUiSettings, FreshetError, type UiSettings } from "../../shared/mod.ts";
import { FakeClock, settle } from "../testing/fake_clock.ts";
import { SettingsModel } from "./settings_model.ts";

/** A server that answers when it is told to. */
class FakeServer {
  stored = defaultUiSettings();
  readonly requests: Partial<UiSettings>[] = [];
  #answers: ((error?: FreshetError) => void)[] = [];

  update = (changes: Partial<UiSettings>): Promise<UiSettings> => {
    this.requests.push(changes);
    return new Promise((resolve, reject) =>
      this.#answers.push((error) => {
        if (error) return reject(error);
        this.stored = { ...this.stored, ...changes };
        resolve(this.stored);
      })
    );
  };

  reset = (): Promise<UiSettings> => Promise.resolve(this.stored = defaultUiSettings());

  async answer(error?: FreshetError): Promise<void> {
    await settle();
    this.#answers.shift()?.(error);
    await settle();
  }
}

function setUp() {
  const api = new FakeServer();
  const clock = new FakeClock();
  const errors: unknown[] = [];
  const saved: UiSettings[] = [];
  const model = new SettingsModel({
    values: defaultUiSettings(),
    api,
    clock,
    onError: (error) => errors.push(error),
    onSaved: (values) => saved.push(values),
  });
  return { api, clock, errors, saved, model };
}

const full = new FreshetError("storage", "The disk is full");

Deno.test("a change shows at once and is sent at once", async () => {
  const { api, model, saved } = setUp();
  model.change({ theme: "light" });
  assertEquals([model.values.value.theme, model.state.value], ["light", "idle"]);
  await settle();
  assertEquals([api.requests, model.state.value], [[{ theme: "light" }], "saving"]);
  await api.answer();
  assertEquals([model.state.value, saved.length], ["saved", 1]);
});

Deno.test("what goes on changing is sent once it rests", async () => {
  const { api, clock, model } = setUp();
  for (const fontSize of [17, 18, 19]) {
    model.change({ fontSize }, { pause: true });
    await clock.tick(100);
  }
  assertEquals([api.requests, model.values.value.fontSize], [[], 19]);
  await clock.tick(400);
  assertEquals(api.requests, [{ fontSize: 19 }]);
  await api.answer();
  assertEquals(clock.waiting, 0);
});

Deno.test("a refused change is taken back, what was changed since is not", async () => {
  const { api, model, errors } = setUp();
  model.change({ theme: "light" });
  await settle();
  model.change({ density: "compact" });
  await api.answer(full);
  assertEquals([model.values.value.theme, model.values.value.density], ["deep-dark", "compact"]);
  assertEquals(errors, [full]);
  await api.answer();
  assertEquals([api.stored.theme, api.stored.density], ["deep-dark", "compact"]);
});

Deno.test("changes are sent one after the other, so that the last one wins", async () => {
  const { api, model } = setUp();
  model.change({ theme: "light" });
  await settle();
  model.change({ theme: "llama" });
  model.change({ theme: "teal-lime" });
  await settle();
  assertEquals(api.requests, [{ theme: "light" }]);
  await api.answer();
  assertEquals([api.requests.at(-1), model.values.value.theme], [{ theme: "teal-lime" }, "teal-lime"]);
  await api.answer();
  assertEquals(api.stored.theme, "teal-lime");
});

Deno.test("leaving the page sends what waits", async () => {
  const { api, clock, model } = setUp();
  model.change({ systemPrompt: "Be brief" }, { pause: true });
  const flushed = model.flush();
  await settle();
  assertEquals([api.requests, clock.waiting], [[{ systemPrompt: "Be brief" }], 0]);
  await api.answer();
  await flushed;
});

Deno.test("changes from elsewhere arrive under our own", async () => {
  const { api, model } = setUp();
  model.change({ theme: "light" });
  await settle();
  model.receive({ ...defaultUiSettings(), theme: "llama", fontSize: 20 });
  assertEquals([model.values.value.theme, model.values.value.fontSize], ["light", 20]);
  await api.answer();
});

Deno.test("going back to the defaults waits for what is under way", async () => {
  const { api, model } = setUp();
  model.change({ theme: "light" });
  const reset = model.reset();
  await api.answer();
  assertEquals([await reset, model.values.value.theme, api.stored.theme], [true, "deep-dark", "deep-dark"]);
});
