import { assertEquals } from "@std/assert";
import type { Chat, CreatedVersion, StartedRun } from "../../lib/shared/mod.ts";
import { KEY_SPEND, localPrincipal as me } from "../../lib/access/mod.ts";
import type { LedgerRow } from "../../lib/analytics/mod.ts";
import { keys } from "../../lib/store/mod.ts";
import { fakeOpenAI } from "../fakes/mod.ts";
import { ORIGIN, startApp, type TestApp } from "../harness.ts";

async function rowsOf(app: TestApp, type: string, count: number): Promise<LedgerRow[]> {
  for (let i = 0; i < 300; i++) {
    const rows = (await app.services.ledger.latest(me)).filter(({ source }) => source.type === type);
    if (rows.length >= count) return rows;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`There are fewer than ${count} calls of the type ${type}`);
}

Deno.test("whatever a key causes is booked to it: titles and prompts that wait too", async () => {
  await using app = await startApp({ ui: { autoTitles: true } });
  const project = "TITLE: Done\n### FILE a.txt\n```\na\n```\n### END\n";
  await using server = await fakeOpenAI({
    models: ["m"],
    script: ({ messages }) => {
      const isProject = messages.some(({ text }) => text.includes("### END"));
      return isProject ? { deltas: [project], firstTokenMs: 150 } : { deltas: ["Fine"] };
    },
  });
  await app.json("POST", "/api/nodes", { name: "n", kind: "openai", baseUrl: `${server.url}/v1` }, 201);
  const { secret, id } = await app.json<{ secret: string; id: string }>("POST", "/api/keys", {
    name: "a program",
    scopes: ["chat", "studio"],
  }, 201);
  const send = async <T>(path: string, body: unknown): Promise<T> => {
    const headers = { "content-type": "application/json", authorization: `Bearer ${secret}`, origin: ORIGIN };
    const response = await app.fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return await response.json() as T;
  };
  const settings = { model: "m" };
  const chat = await send<Chat>("/api/chat/sessions", { settings });
  await send<StartedRun>(`/api/chat/sessions/${chat.id}/messages`, { text: "How are you?" });
  const made = await send<CreatedVersion>("/api/projects", { prompt: "One", model: "m" });
  const versions = `/api/projects/${made.project.id}/versions`;
  const waits = await send<CreatedVersion>(versions, { origin: "prompt", text: "Two", queue: true });
  assertEquals([waits.version, waits.queued?.keyId], [undefined, id]);
  const rows = [
    ...await rowsOf(app, "chat", 1),
    ...await rowsOf(app, "title", 1),
    ...await rowsOf(app, "project", 2),
  ];
  assertEquals(rows.map(({ keyId }) => keyId), rows.map(() => id));
  const spent = await app.services.store.get(KEY_SPEND, keys.apiKeySpend("local", id));
  const tokens = (await app.services.ledger.latest(me)).reduce(
    (sum, { usage }) => sum + usage.totalTokens,
    0,
  );
  assertEquals(spent?.value.total.tokens, tokens);
});
