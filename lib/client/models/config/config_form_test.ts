import { assertEquals } from "@std/assert";
import { FreshetError, type ModelConfig, type SaveConfigBody } from "../../../shared/mod.ts";
import { ConfigForm } from "./config_form.ts";

const CONTENT = { base: "a:latest", parameters: { seed: 1 }, system: "", template: "" };
const INHERITED = { parameters: { temperature: 0.6 }, system: "Be kind", template: "" };

const configOf = (latest: number, seed: number) => ({
  id: "c",
  name: "a:latest",
  latest,
  versions: [{ number: latest, content: { ...CONTENT, parameters: { seed } } }],
} as unknown as ModelConfig);

function start(refuse?: FreshetError) {
  const sent: SaveConfigBody[] = [];
  const errors: unknown[] = [];
  const saved: ModelConfig[] = [];
  const form = new ConfigForm({
    nodeId: "n",
    name: "a:latest",
    content: CONTENT,
    inherited: INHERITED,
    nodeIds: ["n"],
    latest: 3,
    api: {
      base: ({ model }) => Promise.resolve({ ...INHERITED, system: `of ${model}` }),
      save: (body) => {
        sent.push(body);
        return refuse ? Promise.reject(refuse) : Promise.resolve(configOf(4, 2));
      },
    },
    onSaved: (config) => saved.push(config),
    onError: (error) => errors.push(error),
  });
  return { form, sent, errors, saved };
}

Deno.test("what is wrong is told when it is to be saved, and nothing is sent", async () => {
  const { form, sent } = start();
  form.setParameter("top_k", "many");
  assertEquals(form.problemOf("top_k"), undefined);
  assertEquals(await form.save(), false);
  assertEquals([form.problemOf("top_k")?.type, sent.length], ["integer", 0]);
  form.setParameter("top_k", "");
  assertEquals(form.problemOf("top_k"), undefined);
});

Deno.test("a version names the one it is based on, and a new name none", async () => {
  const { form, sent, saved } = start();
  form.setParameter("seed", "2");
  form.note.value = " Better ";
  assertEquals([form.isChanged.value, await form.save(), saved.length], [true, true, 1]);
  assertEquals([sent[0]?.basedOn, sent[0]?.note, sent[0]?.parameters], [3, "Better", { seed: 2 }]);
  form.name.value = "mine";
  await form.save();
  assertEquals([sent[1]?.name, sent[1]?.basedOn], ["mine:latest", undefined]);
});

Deno.test("another base shows what it has; a version saved elsewhere comes into a form that nobody has touched", async () => {
  const { form } = start();
  form.follow(configOf(4, 7));
  assertEquals(form.values.value.parameters.seed, "7");
  form.setParameter("seed", "8");
  form.follow(configOf(5, 9));
  assertEquals([form.values.value.parameters.seed, form.isChanged.value], ["8", true]);
  await form.setBase("b:latest");
  assertEquals(form.inherited.value.system, "of b:latest");
  await form.discard();
  assertEquals([form.values.value.parameters.seed, form.values.value.base], ["9", "a:latest"]);
});

Deno.test("a refusal leaves what was typed", async () => {
  const { form, errors } = start(new FreshetError("conflict", "Saved at the same time"));
  form.setText("system", "Be brief");
  assertEquals([await form.save(), errors.length, form.values.value.system], [false, 1, "Be brief"]);
  assertEquals(form.isBusy.value, false);
});

Deno.test("what cannot be read yet is not overwritten, and a newer version is told of beside what is typed", () => {
  const { form } = start();
  form.setParameter("temperature", "hot");
  assertEquals(form.isChanged.value, true);
  form.follow(configOf(4, 7));
  assertEquals([form.values.value.parameters.temperature, form.newer.value], ["hot", 4]);
  form.follow(configOf(4, 7));
  form.discard();
  assertEquals([form.values.value.parameters.seed, form.newer.value], ["7", null]);
  form.follow(configOf(5, 8));
  assertEquals(form.newer.value, null, "nothing was typed");
});

Deno.test("after the versions were forgotten, the next one is based on none, and what is typed stays", async () => {
  const { form, sent } = start();
  form.setText("system", "Be brief");
  form.follow(null);
  await form.save();
  assertEquals([sent[0]?.basedOn, sent[0]?.system], [0, "Be brief"]);
});

Deno.test("what somebody saves oneself is no newer version", async () => {
  const { form, saved } = start();
  form.setParameter("seed", "2");
  await form.save();
  for (const config of saved) form.follow(config);
  assertEquals([form.newer.value, form.isChanged.value], [null, false]);
});
