import { assertEquals } from "@std/assert";
import {
  FreshetError,
  type ModelConfig,
  type ModelCreation,
  type ModelDigests,
  type ProfileEvent,
} from "../../../shared/mod.ts";
import { ConfigModel } from "./config_model.ts";

const AT = { nodeId: "n", model: "a:latest" };
const creationOf = (number: number, more: Partial<ModelCreation> = {}): ModelCreation => ({
  configId: "c",
  number,
  nodeId: "n",
  nodeName: "Workstation",
  state: "creating",
  phase: "",
  startedAt: 0,
  updatedAt: 0,
  ...more,
});
const configOf = (latest: number) => ({
  id: "c",
  name: "a:latest",
  latest,
  versions: [{ number: latest, creations: [creationOf(latest)] }],
} as unknown as ModelConfig);
const changed = (creation?: ModelCreation): ProfileEvent => ({
  type: "model_config:changed",
  configId: "c",
  ...(creation ? { creation } : {}),
});

/** A server with one configuration, whose answers are held back where that is asked for. */
function start(first: ModelConfig | null) {
  const world = {
    config: first,
    digests: { changedAt: 7 } as ModelDigests,
    asked: 0,
    held: null as Promise<void> | null,
    followed: [] as (number | null)[],
    errors: [] as unknown[],
    noted: [] as number[],
  };
  const answer = async (config: ModelConfig | null) => {
    world.asked++;
    await world.held;
    return config;
  };
  const model = new ConfigModel({
    at: AT,
    config: first,
    digests: null,
    api: {
      get: async () => {
        const config = await answer(world.config);
        if (config) return config;
        throw new FreshetError("not_found", "There is no such configuration");
      },
      draft: async () => ({ config: await answer(world.config) }) as never,
      restore: () => Promise.resolve(world.config = configOf(9)),
      create: () => Promise.resolve(configOf(9)),
      forget: () => Promise.resolve(void (world.config = null)),
      digests: () => Promise.resolve(world.digests),
      noted: (_, changedAt) => Promise.resolve(void world.noted.push(changedAt)),
      pin: () => Promise.resolve(),
      goBack: () => Promise.resolve(),
      unpin: () => Promise.resolve(),
      deleteModel: () => Promise.resolve(),
    },
    onConfig: (config) => world.followed.push(config?.latest ?? null),
    onError: (error) => world.errors.push(error),
  });
  return { model, world };
}

Deno.test("a configuration that another tab has begun is taken up, and one that it forgot is gone", async () => {
  const { model, world } = start(null);
  world.config = configOf(1);
  await model.receive(changed());
  assertEquals([model.config.value?.latest, world.followed], [1, [1]]);
  world.config = null;
  await model.receive(changed());
  assertEquals([model.config.value, world.followed], [null, [1, null]]);
  await model.receive(changed());
  assertEquals(world.followed, [1, null], "told once");
});

Deno.test("how far another model's creation is asks for nothing where this one has no configuration", async () => {
  const { model, world } = start(null);
  await model.receive(changed(creationOf(1, { phase: "reading" })));
  assertEquals(world.asked, 0);
});

Deno.test("progress is shown at once; of what is not known yet, all is asked for", async () => {
  const { model, world } = start(configOf(1));
  await model.receive(changed(creationOf(1, { phase: "reading" })));
  assertEquals([model.config.value?.versions[0]?.creations[0]?.phase, world.asked], ["reading", 0]);
  world.config = configOf(2);
  await model.receive(changed(creationOf(2)));
  assertEquals([model.config.value?.latest, world.asked], [2, 1]);
  await model.receive(changed(creationOf(2, { nodeId: "another" })));
  assertEquals(world.asked, 2);
});

Deno.test("an answer that was asked for before something was saved is asked for again", async () => {
  const { model, world } = start(configOf(1));
  let letGo = () => {};
  world.held = new Promise((resolve) => letGo = resolve);
  const reading = model.reload();
  const restoring = model.restore(1);
  await Promise.resolve();
  world.held = null;
  letGo();
  await Promise.all([reading, restoring]);
  assertEquals(
    [model.config.value?.latest, world.followed],
    [9, [9, 9]],
    "never the old one after the new one",
  );
});

Deno.test("what was forgotten here is gone at once, and a change is noted as it was shown", async () => {
  const { model, world } = start(configOf(3));
  await model.reload();
  await model.noted();
  assertEquals(world.noted, [7]);
  await model.forget();
  assertEquals([model.config.value, world.followed.at(-1), model.busy.value], [null, null, null]);
  assertEquals(world.errors, []);
});
