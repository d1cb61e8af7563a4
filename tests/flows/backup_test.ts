import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { backgroundPrincipal, localPrincipal } from "../../lib/access/mod.ts";
import { createServices, type Services } from "../../lib/app/mod.ts";
import { keys } from "../../lib/store/mod.ts";
import { silentLog } from "../../lib/host/mod.ts";
import { FreshetError, type ValidationReport } from "../../lib/shared/mod.ts";
import { assertWhole, recordsBelow } from "../backup/invariants.ts";
import { testConfig } from "../harness.ts";
import { dictated } from "../studio/dictated_prompt.ts";

const PASSED: ValidationReport = { outcome: "passed", results: [], repairs: 0 };

/** Nothing is run: what is backed up is the same. */
const validate = {
  // deno-lint-ignore require-yield
  async *all() {
    return await Promise.resolve(PASSED);
  },
  async *early() {},
};

async function open(dataFolder: string): Promise<Services> {
  return await createServices(testConfig({ dataFolder }), { log: silentLog, servers: [], validate });
}

Deno.test("backups that are taken while everything writes restore to what was there, whole", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const services = await open(join(folder, "source"));
    const before = await begin(services);
    const writing = new AbortController();
    const writers = hammer(services, before, writing.signal);
    const ids: string[] = [];
    let writes = 0;
    for (let i = 0; i < 3; i++) {
      await new Promise((resolve) => setTimeout(resolve, 150));
      const done = writers.count;
      ids.push((await services.backups.create(localPrincipal)).id);
      writes += writers.count - done;
    }
    writing.abort();
    await writers.ended;
    await settled(services);
    const kept = join(folder, "source", "backups");
    await services.close();
    assert(writes > 20, `only ${writes} writes were done while backups were made`);
    const sizes: number[] = [];
    for (const [i, id] of ids.entries()) {
      // The key file opens what is sealed.
      await Deno.mkdir(join(folder, `restored-${i}`));
      await Deno.copyFile(join(folder, "source", "secret.key"), join(folder, `restored-${i}`, "secret.key"));
      const restored = await open(join(folder, `restored-${i}`));
      await restored.backups.restore(localPrincipal, { upload: (await Deno.open(join(kept, id))).readable });
      for (const [key, record] of before.records) {
        assertEquals(await recordAt(restored, key), record, key);
      }
      assertEquals<unknown>(await arrangedIn(restored), { ...before.arranged, sessions: 0 });
      const { messages, files, calls } = await assertWhole(restored.store);
      assert(messages > 10 && files > 0 && calls > 5, `${messages} messages, ${files} files, ${calls} calls`);
      sizes.push(messages + files + calls);
      await restored.close();
    }
    assert((sizes[0] ?? 0) < (sizes[2] ?? 0), "what was written between the backups is in the later ones");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

/** People, keys, folders, tags, prompts and a configuration. */
async function arrange(services: Services): Promise<void> {
  const { chats, profiles, sessions, apiKeys, ledger, benchmarks, preferences } = services;
  const outer = await chats.folders.create(localPrincipal, { name: "Water", color: "blue" });
  const folder = await chats.folders.create(localPrincipal, { name: "Rivers", parentId: outer.id });
  const tag = await chats.tags.create(localPrincipal, "Öko");
  await chats.create(localPrincipal, { title: "In a folder", folderId: folder.id, tagIds: [tag.id] });
  const fields = { name: "Ada", role: "member", password: "correct horse" } as const;
  const { id } = await profiles.create(localPrincipal, fields);
  await chats.create(backgroundPrincipal(id), { title: "Ada's" });
  await sessions.create(id, "password", { address: "127.0.0.1" });
  await preferences.update(localPrincipal, { theme: "llama" });
  const key = await apiKeys.create(localPrincipal, "Editor", ["chat"], {
    budgets: { total: { tokens: 1_000 } },
  });
  const usage = { promptTokens: 40, completionTokens: 2, totalTokens: 42, estimated: false };
  ledger.record({
    profileId: "local",
    keyId: key.id,
    at: Date.now(),
    source: { type: "api", endpoint: "/v1" },
    model: "m",
    attempts: [],
    outcome: "complete",
    usage,
    durationMs: 5,
  });
  await ledger.flush();
  await benchmarks.sets.create(localPrincipal, {
    name: "Mine",
    description: "",
    prompts: [{ text: "Hello" }],
  });
}

/** What `arrange` has made, as it is asked for. */
async function arrangedIn({ store, chats, profiles, apiKeys, benchmarks, preferences }: Services) {
  const people = await profiles.list();
  const ada = people.find(({ name }) => name === "Ada")?.id ?? "";
  const folders = await chats.folders.list(localPrincipal);
  const titles = async (...args: Parameters<typeof chats.list>) =>
    (await chats.list(...args)).chats.map(({ title }) => title);
  const tags = await chats.tags.list(localPrincipal);
  return {
    people,
    isPassword: await profiles.isPassword(ada, "correct horse"),
    folders,
    tags,
    inFolder: await titles(localPrincipal, undefined, 9, { folder: folders[1]?.id ?? "" }),
    tagged: await titles(localPrincipal, undefined, 9, { tag: tags[0]?.id ?? "" }),
    ofAda: await titles(backgroundPrincipal(ada)),
    keys: await apiKeys.list(localPrincipal),
    sessions: (await Array.fromAsync(store.kv.list({ prefix: keys.sessions(ada) }))).length,
    sets: await benchmarks.sets.list(localPrincipal),
    settings: await preferences.get(localPrincipal),
  };
}

/** What there is before: chats that nobody writes to afterwards, a project, and its records as they are kept. */
async function begin(
  services: Services,
): Promise<
  { records: Map<string, string>; projectId: string; arranged: Awaited<ReturnType<typeof arrangedIn>> }
> {
  await arrange(services);
  const chats = await Promise.all(Array.from({ length: 5 }, async (_, i) => {
    const chat = await services.chats.create(localPrincipal, { title: `Before ${i}` });
    await services.chats.conversation.send(localPrincipal, chat.id, { text: `/pace 0 /long 300 ${i}` }, null);
    return chat;
  }));
  const { project } = await services.studio.create(localPrincipal, {
    prompt: dictated({ "index.html": "<h1>Before</h1>\n" }),
    name: "Before",
  });
  while ((await services.studio.page(localPrincipal, project.id)).versions[0]?.status === "generating") {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await settled(services);
  const records = new Map<string, string>();
  for (const { id } of chats) {
    for (const entity of ["message", "message_branches"]) {
      const found = await recordsBelow(services.store, [entity, "local", id]);
      for (const [key, record] of found) records.set(key, JSON.stringify(record));
    }
  }
  for (const entity of ["version", "manifest"]) {
    const found = await recordsBelow(services.store, [entity, "local", project.id]);
    for (const [key, record] of found) records.set(key, JSON.stringify(record));
  }
  assert(records.size >= 5 * 4, `${records.size}`);
  return { records, projectId: project.id, arranged: await arrangedIn(services) };
}

/** Chats with streaming answers, versions by hand and rows of the ledger, as fast as it goes. */
function hammer(services: Services, { projectId }: { projectId: string }, signal: AbortSignal) {
  const writers = { count: 0, ended: Promise.resolve() };
  const loop = async (write: (n: number) => Promise<void>) => {
    for (let n = 0; !signal.aborted && n < 400; n++) {
      await write(n);
      writers.count++;
    }
  };
  const { chats, studio, ledger } = services;
  writers.ended = Promise.all([
    loop(async (n) => {
      const chat = await chats.create(localPrincipal, { title: `During ${n}` });
      await chats.conversation.send(localPrincipal, chat.id, { text: `/pace 1 /long 200 ${n}` }, null);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }),
    loop(async (n) => {
      const { project, versions } = await studio.page(localPrincipal, projectId);
      const parentId = versions.find(({ status }) => status !== "generating")?.id ?? "";
      const content = `${n} `.repeat(1 + n % 500);
      await studio.createVersion(localPrincipal, project.id, {
        origin: "edit",
        parentId,
        files: [{ path: `file-${n % 7}.txt`, content }],
      }, null).catch(expectBusy);
    }),
    loop(async (n) => {
      const usage = { promptTokens: n, completionTokens: 1, totalTokens: n + 1, estimated: false };
      ledger.record({
        profileId: "local",
        at: Date.now(),
        source: { type: "api", endpoint: "/v1" },
        model: `m${n % 3}`,
        attempts: [],
        outcome: "complete",
        usage,
        durationMs: 5,
      });
      await ledger.flush();
    }),
  ]).then(() => undefined);
  return writers;
}

/** The version before is still being checked. */
async function expectBusy(error: unknown): Promise<void> {
  if (!(error instanceof FreshetError) || error.code !== "conflict") throw error;
  await new Promise((resolve) => setTimeout(resolve, 5));
}

async function settled({ runs, studio, ledger }: Services): Promise<void> {
  while (runs.active > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  await studio.close();
  await ledger.flush();
}

async function recordAt({ store }: Services, path: string): Promise<string | undefined> {
  const key = path.split("/");
  const { value } = await store.kv.get<Uint8Array>(key);
  if (!value) return undefined;
  const { body } = await store.body(key, value);
  return new TextDecoder().decode(body);
}
