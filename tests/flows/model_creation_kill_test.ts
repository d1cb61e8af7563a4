import { assertEquals } from "@std/assert";
import type { ModelConfig, NodeInfo } from "../../lib/shared/mod.ts";
import { fakeOllama } from "../fakes/mod.ts";
import { startServer } from "../server_process.ts";

const MODEL = "llama3.2:latest";

Deno.test("SIGKILL in the middle of a creation: it is found, the old model is there, and it can be created again", async () => {
  const folder = await Deno.makeTempDir();
  const creations = [{}, { stepMs: 20_000 }];
  await using ollama = await fakeOllama({
    models: [{ name: MODEL, capabilities: ["completion"] }],
    creations,
  });
  const created = () => ollama.requests.filter(({ path }) => path === "/api/create").length;
  try {
    const first = await startServer(folder);
    const spec = { name: "Workstation", kind: "ollama", baseUrl: ollama.url };
    const { id: nodeId } = await call<NodeInfo>(first.url, "POST", "/api/nodes", spec);
    await until(async () =>
      (await call<{ models: { id: string }[] }>(first.url, "GET", "/api/models")).models.some(({ id }) =>
        id === MODEL
      )
    );
    const body = {
      name: MODEL,
      base: MODEL,
      parameters: { seed: 1 },
      system: "",
      template: "",
      nodeIds: [nodeId],
    };
    const { id } = await call<ModelConfig>(first.url, "POST", "/api/models/configs", body);
    const states = async (url: string) => {
      const { versions } = await call<ModelConfig>(url, "GET", `/api/models/configs/${id}`);
      return versions.map(({ number, creations, activeOn }) =>
        `${number} ${creations.map(({ state }) => state)}${activeOn.length > 0 ? " active" : ""}`
      );
    };
    await until(async () => (await states(first.url))[0] === "2 done active");
    await call(first.url, "POST", "/api/models/configs", { ...body, parameters: { seed: 2 } });
    await ollama.until(() => created() === 2, 5_000);
    assertEquals((await states(first.url))[0], "3 creating");
    await first.kill();

    const second = await startServer(folder);
    await until(async () => (await states(second.url))[1] === "2 done active");
    assertEquals(await states(second.url), ["3 interrupted", "2 done active", "1 done"]);
    await call(second.url, "POST", `/api/models/configs/${id}/create`, { number: 3 });
    await until(async () => (await states(second.url))[0] === "3 done active");
    assertEquals(created(), 3);
    await second.kill();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 500; i++) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error("Nothing comes of it");
}

async function call<T>(url: string, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(url + path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
