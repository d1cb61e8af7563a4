import { assert, assertEquals } from "@std/assert";
import type { Benchmark, BenchmarkResults, PromptSet } from "../../lib/shared/mod.ts";
import { fakeOpenAI } from "../fakes/mod.ts";
import { startServer } from "../server_process.ts";

const PROMPTS = 60;
const KILL_AFTER = 20;

Deno.test("SIGKILL in the midst of a benchmark loses nothing that was counted, and none of it is asked again", async () => {
  const dataFolder = await Deno.makeTempDir();
  const asked: string[] = [];
  await using model = await fakeOpenAI({
    models: ["m"],
    script: ({ messages }) => {
      asked.push(messages.at(-1)?.text ?? "");
      return { deltas: ["It is ", "42"], paceMs: 5 };
    },
  });
  try {
    let server = await startServer(dataFolder);
    await call(server.url, "POST", "/api/nodes", { name: "R", kind: "openai", baseUrl: `${model.url}/v1` });
    const prompts = Array.from({ length: PROMPTS }, (_, i) => ({
      text: `Question ${i}`,
      grader: { type: "number", answer: 42 },
    }));
    const { id: setId } = await call<PromptSet>(server.url, "POST", "/api/prompt-sets", {
      name: "Q",
      prompts,
    });
    const body = { setId, targets: [{ model: "m" }], concurrency: 3 };
    const { id } = await call<Benchmark>(server.url, "POST", "/api/benchmarks", body);
    const path = `/api/benchmarks/${id}`;
    const get = () => call<Benchmark>(server.url, "GET", path);
    let seen = 0;
    while (seen < KILL_AFTER) seen = (await get()).done;
    await server.kill();
    server = await startServer(dataFolder);
    const cut = await get();
    assertEquals(cut.state, "interrupted");
    assert(cut.done >= seen && cut.done < PROMPTS, `${cut.done} calls were counted, ${seen} were seen`);
    const { results } = await call<BenchmarkResults>(server.url, "GET", `${path}/results?limit=500`);
    const counted = new Set(results.map(({ promptText }) => promptText));
    assertEquals(counted.size, cut.done);
    asked.length = 0;
    await call(server.url, "PATCH", path, { state: "running" });
    while ((await get()).state !== "done") await new Promise((resolve) => setTimeout(resolve, 20));
    assertEquals(asked.filter((text) => counted.has(text)), []);
    const { done, targets: [target] } = await get();
    assertEquals([done, target?.summary.accuracy?.share, target?.summary.calls], [PROMPTS, 1, PROMPTS]);
    await server.kill();
  } finally {
    await Deno.remove(dataFolder, { recursive: true });
  }
});

async function call<T>(url: string, method: string, path: string, body?: unknown): Promise<T> {
  const headers = { "content-type": "application/json" };
  const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const response = await fetch(url + path, init);
  const text = await response.text();
  assert(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
