import { assert, assertEquals } from "@std/assert";
import { signal } from "@preact/signals";
import {
  type CreatedVersion,
  type CreateProjectBody,
  FreshetError,
  PROJECT_LIMITS,
} from "../../shared/mod.ts";
import { translator } from "../../shared/texts/mod.ts";
import { Drafts } from "../drafts.ts";
import type { ChosenFile } from "../file_list.ts";
import { FakeClock } from "../testing/fake_clock.ts";
import { sampleModel } from "../testing/samples.ts";
import { AskModel, type AskModelOptions } from "./ask_model.ts";

const created = { project: { id: "p1" } } as CreatedVersion;
const image: ChosenFile = { key: 1, name: "a.png", sizeBytes: 9 };

function setUp(create: (body: CreateProjectBody) => CreatedVersion, changes: Partial<AskModelOptions> = {}) {
  const asked: { body: CreateProjectBody; key: string }[] = [];
  const kept = new Map<string, string>();
  const drafts = new Drafts({
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  });
  const files = signal<readonly ChosenFile[]>([]);
  const uploading = signal(false);
  const clock = new FakeClock();
  let keys = 0;
  const model = new AskModel({
    draft: { prompt: "", kind: "auto", model: "" },
    problem: null,
    models: [
      sampleModel("blind", { capabilities: ["chat"] }),
      sampleModel("seer", { capabilities: ["vision"] }),
    ],
    bestModel: "blind",
    api: {
      create: (body, key) => {
        asked.push({ body, key });
        return Promise.try(() => create(body));
      },
    },
    images: { ids: ["i1"], uploading, files },
    drafts,
    clock,
    t: translator("en"),
    language: "en",
    newKey: () => `key ${++keys}`,
    ...changes,
  });
  return { model, asked, kept, files, uploading, clock, drafts };
}

Deno.test("what is typed and chosen is sent, and is no draft any more", async () => {
  const { model, asked, kept } = setUp(() => created);
  model.setText("  A list of rivers ");
  model.kind.value = "both";
  model.model.value = "seer";
  assertEquals(await model.send(), "p1");
  assertEquals(asked[0]?.body, {
    prompt: "A list of rivers",
    kinds: ["ui", "api"],
    model: "seer",
    imageIds: ["i1"],
  });
  model.keepDraft();
  assertEquals(kept.size, 0, "leaving the page keeps nothing that was sent");
  assert(model.sending.value, "until the project's page is there nothing more can be sent");
  model.comeBack();
  assertEquals([model.text.value, model.sending.value], ["", false]);
});

Deno.test("nothing is sent that the server would refuse", async () => {
  const { model, asked, uploading } = setUp(() => created);
  for (const text of ["", " \n ", "x".repeat(PROJECT_LIMITS.promptChars + 1)]) {
    model.setText(text);
    assertEquals(await model.send(), null);
    assert(model.isPromptInvalid && model.problem.value?.field === "prompt");
  }
  model.setText("A list of rivers");
  assert(!model.isPromptInvalid && model.problem.value === null, "typing takes the problem away");
  uploading.value = true;
  assertEquals([await model.send(), asked.length], [null, 0]);
});

Deno.test("a failure keeps all, and the same request has the same key", async () => {
  let fails = true;
  const { model, asked } = setUp(() => {
    if (fails) throw new FreshetError("unreachable", "The server cannot be reached");
    return created;
  });
  model.setText("A list of rivers");
  assertEquals(await model.send(), null);
  assertEquals([model.problem.value?.code, model.text.value, model.sending.value], [
    "unreachable",
    "A list of rivers",
    false,
  ]);
  assert(!model.isPromptInvalid);
  fails = false;
  await model.send();
  assertEquals(asked.map(({ key }) => key), ["key 1", "key 1"]);
  model.comeBack();
  model.setText("A list of lakes");
  await model.send();
  assertEquals(asked.at(-1)?.key, "key 2");
});

Deno.test("a rate limit is waited for", async () => {
  const { model, clock, asked } = setUp(() => {
    throw new FreshetError("rate_limited", "Too many", { retryAfter: 3 });
  });
  model.setText("A list of rivers");
  await model.send();
  assertEquals(model.secondsToWait.value, 3);
  await model.send();
  assertEquals(asked.length, 1);
  await clock.tick(3000);
  assertEquals([model.secondsToWait.value, model.problem.value], [0, null]);
});

Deno.test("a draft comes back, but not over what is there", async () => {
  const { model, clock, drafts } = setUp(() => created);
  model.setText("half a thought");
  await clock.tick(1000);
  const { model: next } = setUp(() => created, { drafts });
  next.restoreDraft();
  assertEquals(next.text.value, "half a thought");
  const { model: typed } = setUp(() => created, { drafts, draft: { prompt: "new", kind: "ui", model: "" } });
  typed.restoreDraft();
  assertEquals(typed.text.value, "new");
});

Deno.test("a model that sees nothing is named while there are images", () => {
  const { model, files } = setUp(() => created);
  assertEquals(model.blindModel.value, null);
  files.value = [{ ...image, error: new FreshetError("unsupported_media", "No") }];
  assertEquals(model.blindModel.value, null, "an image that was refused is none");
  files.value = [image];
  assertEquals(model.blindModel.value, "blind");
  model.model.value = "seer";
  assertEquals(model.blindModel.value, null);
});
