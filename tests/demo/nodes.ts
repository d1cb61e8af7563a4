/**
 * `deno task nodes:demo`: three small model servers of different speed and protocol, one of which fails now and then, added to
 * the Freshet that runs on this machine (`FRESHET_URL`, http://127.0.0.1:13000 unless told) for as long as this goes on.
 */
import { fakeOllama, fakeOpenAI, type FakeServer } from "../fakes/mod.ts";
import { storyteller, type Temper } from "./story.ts";

const MODEL = "demo-story";
const FRESHET = (Deno.env.get("FRESHET_URL") ?? "http://127.0.0.1:13000").replace(/\/+$/, "");

interface DemoNode {
  name: string;
  kind: "ollama" | "openai";
  concurrency: number;
  temper: Temper;
}

const NODES: DemoNode[] = [
  {
    name: "demo-01 (fast)",
    kind: "ollama",
    concurrency: 4,
    temper: { firstTokenMs: 80, paceMs: 25, failsEvery: 0 },
  },
  {
    name: "demo-02 (slow)",
    kind: "openai",
    concurrency: 2,
    temper: { firstTokenMs: 600, paceMs: 90, failsEvery: 0 },
  },
  {
    name: "demo-03 (fails now and then)",
    kind: "openai",
    concurrency: 4,
    temper: { firstTokenMs: 120, paceMs: 35, failsEvery: 3 },
  },
];

if (import.meta.main) {
  await using stack = new AsyncDisposableStack();
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, resolve);
  });
  for (const node of NODES) {
    const server = stack.use(await start(node));
    const baseUrl = node.kind === "ollama" ? server.url : `${server.url}/v1`;
    const id = await add(node, baseUrl);
    if (id !== undefined) stack.defer(() => remove(id));
    print(`${node.name}: ${node.kind} at ${baseUrl}${id === undefined ? "" : ", added to Freshet"}`);
  }
  print(
    `\nChat with the model "${MODEL}" at ${FRESHET}/chat and look at ${FRESHET}/nodes. Ctrl+C ends the nodes.`,
  );
  await stopped;
}

async function start({ kind, temper }: DemoNode): Promise<FakeServer> {
  const script = storyteller(temper);
  if (kind === "openai") return await fakeOpenAI({ models: [MODEL], flavour: "vllm", script });
  return await fakeOllama({ models: [{ name: MODEL, loaded: true }], script });
}

/** The id that Freshet gave to the node; undefined where no Freshet answers, which is told once. */
async function add({ name, kind, concurrency }: DemoNode, baseUrl: string): Promise<string | undefined> {
  const node = { name, kind, baseUrl, concurrency, priority: 1, tags: ["demo"] };
  try {
    const response = await fetch(`${FRESHET}/api/nodes`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(node),
    });
    const answer = await response.json();
    if (response.ok) return String(answer.id);
    print(`Freshet at ${FRESHET} did not take ${name}: ${answer.error?.message ?? response.status}`);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    print(`No Freshet answers at ${FRESHET}: start it, or add the node by hand under Settings, Nodes`);
  }
  return undefined;
}

async function remove(id: string): Promise<void> {
  const response = await fetch(`${FRESHET}/api/nodes/${id}`, { method: "DELETE" }).catch((error) => {
    if (!(error instanceof TypeError)) throw error;
    // Freshet has ended in the meantime; the node shows as offline when it comes back.
    return undefined;
  });
  await response?.body?.cancel();
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
