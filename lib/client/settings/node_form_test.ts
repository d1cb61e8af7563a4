import { assertEquals } from "@std/assert";
import { FreshetError, type NodeBody, type NodeInfo, type NodeTest } from "../../shared/mod.ts";
import { draftOfForm, draftOfNode, draftOfPreset, nodeBodyOf, type NodeDraft } from "./node_draft.ts";
import { NodeForm } from "./node_form.ts";

const PRESET = {
  id: "vllm",
  name: "vLLM",
  kind: "openai",
  baseUrl: "http://127.0.0.1:8000/v1",
  hosted: false,
} as const;

const NODE: NodeInfo = {
  id: "n1",
  name: "Mine",
  kind: "openai",
  baseUrl: "https://api.example.com/v1",
  hasKey: true,
  origin: "manual",
  enabled: true,
  local: false,
  priority: 20,
  weight: 1,
  concurrency: 0,
  tags: [],
  createdAt: 0,
  updatedAt: 0,
};

const WORKS: NodeTest = { ok: true, message: "1 model", latencyMs: 4, models: ["m"] };

function setUp(node: NodeInfo | null, draft: NodeDraft, refuse?: FreshetError) {
  const calls: [string, NodeBody | undefined][] = [];
  const call = <T>(name: string, body: NodeBody | undefined, answer: T): Promise<T> => {
    calls.push([name, body]);
    return refuse ? Promise.reject(refuse) : Promise.resolve(answer);
  };
  const saved: string[] = [];
  const form = new NodeForm({
    node,
    draft,
    problem: null,
    api: {
      createNode: (body) => call("create", body, { ...NODE, id: "new" }),
      updateNode: (id, body) => call(`update ${id}`, body, NODE),
      testNode: (id) => call(`test ${id}`, undefined, WORKS),
      testServer: (body) => call("try", body, WORKS),
    },
    onSaved: ({ id }) => saved.push(id),
    onError: (error) => {
      throw error;
    },
  });
  return { form, calls, saved };
}

Deno.test("a preset needs nothing but a yes", async () => {
  const { form, calls, saved } = setUp(null, draftOfPreset(PRESET));
  await form.save();
  const body = { name: "vLLM", kind: "openai", baseUrl: "http://127.0.0.1:8000/v1", concurrency: 0 };
  assertEquals([calls, saved], [[["create", body]], ["new"]]);
});

Deno.test("an empty key is left as it is, a typed one replaces, and it goes only when told to", () => {
  const draft = draftOfNode(NODE);
  assertEquals("apiKey" in nodeBodyOf(draft), false);
  assertEquals(nodeBodyOf({ ...draft, apiKey: " sk-2 " }).apiKey, "sk-2");
  assertEquals(nodeBodyOf({ ...draft, removeKey: true }).apiKey, "");
});

Deno.test("Hugging Face goes back to its own choice of provider", () => {
  const draft: NodeDraft = { ...draftOfNode(NODE), kind: "huggingface", inferenceProvider: " " };
  assertEquals(nodeBodyOf(draft).inferenceProvider, "auto");
  assertEquals("inferenceProvider" in nodeBodyOf({ ...draft, kind: "openai" }), false);
});

Deno.test("a posted form is read as it was typed", () => {
  const form = new URLSearchParams({
    name: "A",
    kind: "ollama",
    baseUrl: "http://a",
    priority: "x",
    removeKey: "on",
  });
  assertEquals(nodeBodyOf(draftOfForm(form)), {
    name: "A",
    kind: "ollama",
    baseUrl: "http://a",
    apiKey: "",
    priority: Number.NaN,
  });
});

Deno.test("trying out never sends the kept key to another address", async () => {
  const { form, calls } = setUp(NODE, draftOfNode(NODE));
  await form.try();
  assertEquals([calls.map(([name]) => name), form.tried.value], [["test n1"], WORKS]);
  form.change({ baseUrl: "https://other.example.com/v1" });
  await form.try();
  assertEquals([calls.length, form.tried.value], [1, "kept"]);
  form.change({ apiKey: "sk-new" });
  await form.try();
  assertEquals(calls[1]?.[1]?.apiKey, "sk-new");
});

Deno.test("what the server refuses stands at its field until that is changed", async () => {
  const refusal = new FreshetError("conflict", "This server is there already", { field: "baseUrl" });
  const { form, saved } = setUp(null, draftOfPreset(PRESET), refusal);
  await form.save();
  assertEquals([form.problem.value?.message, form.saving.value, saved], [refusal.message, false, []]);
  form.change({ name: "Other" });
  assertEquals(form.problem.value?.field, "baseUrl");
  form.change({ baseUrl: "http://127.0.0.1:9000/v1" });
  assertEquals(form.problem.value, null);
});
