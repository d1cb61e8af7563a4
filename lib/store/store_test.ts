import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { FreshetError } from "../shared/mod.ts";
import { loadKeyFile } from "./cipher.ts";
import { BulkWriter, openStore, recordType, sha256Hex, type Store } from "./mod.ts";

const NOTE = recordType<{ text: string }>("note");
const KEY = ["note", "local", "1"];

async function withStore(fn: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  try {
    await fn(store);
  } finally {
    store.close();
  }
}

Deno.test("a record comes back as it was set", () =>
  withStore(async (store) => {
    await store.kv.set(KEY, store.encode(NOTE, { text: "grüße 👋" }));
    assertEquals((await store.get(NOTE, KEY))?.value, { text: "grüße 👋" });
    assertEquals(await store.get(NOTE, ["note", "local", "2"]), null);
  }));

Deno.test("older schemas are upgraded step by step, newer ones refused", () =>
  withStore(async (store) => {
    const v1 = recordType<{ title: string }>("memo");
    const v3 = recordType<{ name: string; done: boolean }>("memo", 3, {
      1: (old: { title: string }) => ({ name: old.title }),
      2: (old: { name: string }) => ({ ...old, done: false }),
    });
    await store.kv.set(KEY, store.encode(v1, { title: "a" }));
    assertEquals((await store.get(v3, KEY))?.value, { name: "a", done: false });
    await store.kv.set(KEY, store.encode(v3, { name: "a", done: true }));
    const error = await assertRejects(() => store.get(v1, KEY), FreshetError, "newer Freshet");
    assertEquals(error.code, "storage");
  }));

Deno.test("a large record is kept in a blob and its blob goes with it", () =>
  withStore(async (store) => {
    const text = noise();
    assertThrows(() => store.encode(NOTE, { text }), FreshetError, "Cannot store a note");
    for (let round = 0; round < 2; round++) {
      await using transaction = store.transaction();
      await transaction.set(NOTE, KEY, { text: text + round });
      assert((await transaction.commit()).ok);
    }
    assertEquals((await store.get(NOTE, KEY))?.value.text, text + "1");
    assertEquals(await count(store, "blob"), 1);
    await using transaction = store.transaction();
    await transaction.delete(KEY);
    await transaction.commit();
    assertEquals(await count(store, "blob"), 0);
    assertEquals(await store.get(NOTE, KEY), null);
  }));

Deno.test("a transaction that did not happen leaves no blob behind, and the record as it was", () =>
  withStore(async (store) => {
    await store.kv.set(KEY, store.encode(NOTE, { text: "small" }));
    {
      await using transaction = store.transaction();
      await transaction.set(NOTE, KEY, { text: noise() });
      transaction.operation.check({ key: KEY, versionstamp: null });
      assertEquals((await transaction.commit()).ok, false);
    }
    {
      await using abandoned = store.transaction();
      await abandoned.set(NOTE, KEY, { text: noise() });
    }
    assertEquals(await count(store, "blob"), 0);
    assertEquals((await store.get(NOTE, KEY))?.value.text, "small");
  }));

Deno.test("a large record that is written anew while it is read is read anew", () =>
  withStore(async (store) => {
    const write = async (text: string) => {
      await using transaction = store.transaction();
      await transaction.set(NOTE, KEY, { text });
      await transaction.commit();
    };
    await write(noise());
    const read = store.blobs.read.bind(store.blobs);
    store.blobs.read = async (key) => {
      store.blobs.read = read;
      await write("newer");
      return await read(key);
    };
    assertEquals((await store.get(NOTE, KEY))?.value.text, "newer");
  }));

Deno.test("what is below a prefix is deleted with its blobs, and nothing beside it", () =>
  withStore(async (store) => {
    for (
      const key of [["note", "local", "1", "a"], ["note", "local", "1", "b"], ["note", "local", "10", "a"]]
    ) {
      await using transaction = store.transaction();
      await transaction.set(NOTE, key, { text: noise() });
      await transaction.commit();
    }
    await store.deleteBelow(["note", "local", "1"]);
    const left = await Array.fromAsync(store.list(NOTE, { prefix: ["note"] }));
    assertEquals([left.map(({ key }) => key[2]), await count(store, "blob")], [["10"], 1]);
  }));

Deno.test("bulk writes of any number and size fit into commits", () =>
  withStore(async (store) => {
    const writer = new BulkWriter(store.kv);
    for (let i = 0; i < 40; i++) await writer.set(["bulk", i], new Uint8Array(60_000));
    for (let i = 0; i < 1_200; i++) await writer.set(["many", i], new Uint8Array(1));
    await writer.flush();
    assertEquals((await Array.fromAsync(store.kv.list({ prefix: ["bulk"] }))).length, 40);
    assertEquals((await Array.fromAsync(store.kv.list({ prefix: ["many"] }))).length, 1_200);
  }));

Deno.test("a damaged blob is noticed and never served", () =>
  withStore(async (store) => {
    const key = ["file", "local", "x"];
    await store.blobs.write(key, crypto.getRandomValues(new Uint8Array(65_000)));
    const chunk = await store.kv.get<Uint8Array>([...key, 0]);
    assert(chunk.value);
    const damaged = chunk.value.slice();
    damaged[500] = (damaged[500] ?? 0) ^ 1;
    await store.kv.set([...key, 0], damaged);
    await assertRejects(() => store.blobs.read(key), FreshetError, "is damaged");
    await store.kv.delete([...key, 0]);
    await assertRejects(() => store.blobs.read(key), FreshetError, "a chunk is missing");
  }));

Deno.test("a second process is told who holds the data folder", async () => {
  const folder = await Deno.makeTempDir();
  const first = await openStore({ folder });
  try {
    const error = await assertRejects(() => openStore({ folder }), FreshetError, "another Freshet uses it");
    assert(error.hint?.includes(String(Deno.pid)));
  } finally {
    first.close();
  }
  (await openStore({ folder })).close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("processes that begin at the same time in a new folder take the same key", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const all = await Promise.all([1, 2, 3].map(() => loadKeyFile(folder)));
    assertEquals(new Set(all.map((key) => key.toHex())).size, 1);
    await Deno.writeFile(`${folder}/secret.key`, new Uint8Array());
    assertEquals((await loadKeyFile(folder)).length, 32);
    await Deno.writeFile(`${folder}/secret.key`, new Uint8Array(7));
    await assertRejects(() => loadKeyFile(folder), FreshetError, "7 bytes instead of 32");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a folder that cannot be written is named", async () => {
  const file = await Deno.makeTempFile();
  const error = await assertRejects(
    () => openStore({ folder: `${file}/data` }),
    FreshetError,
    "Cannot write to the data folder",
  );
  assertEquals(error.code, "storage");
  await Deno.remove(file);
});

Deno.test("with encryption nothing readable is in the file, and another key opens nothing", async () => {
  const folder = await Deno.makeTempDir();
  const options = { folder, encryptAll: true, passphrase: "correct horse" };
  const store = await openStore(options);
  await store.kv.set(KEY, store.encode(NOTE, { text: "a very secret sentence" }));
  assertEquals((await store.get(NOTE, KEY))?.value.text, "a very secret sentence");
  store.close();
  const bytes = new TextDecoder("latin1").decode(await Deno.readFile(`${folder}/freshet.kv`));
  assert(!bytes.includes("very secret"));
  const other = await openStore({ ...options, passphrase: "wrong" });
  await assertRejects(() => other.get(NOTE, KEY), FreshetError, "the key does not fit");
  other.close();
  await Deno.remove(folder, { recursive: true });
});

/** A text that does not become small by compression. */
function noise(): string {
  return Array.from({ length: 40_000 }, (_, i) => Math.sin(i).toString(36)).join("");
}

async function count(store: Store, entity: string): Promise<number> {
  return (await Array.fromAsync(store.kv.list({ prefix: [entity] }))).filter((entry) =>
    entry.key.at(-1) === "info"
  ).length;
}

Deno.test("a blob of the layout before, with its one chunk beside it, is still read", () =>
  withStore(async (store) => {
    const key = ["file", "local", "old"];
    const bytes = new TextEncoder().encode("old ".repeat(100));
    await store.kv.set([...key, "info"], { size: bytes.length, chunks: 1, sha256: await sha256Hex(bytes) });
    await store.kv.set([...key, 0], await store.codec.encodeManyBytes(bytes));
    assertEquals(new Uint8Array(await store.blobs.read(key) ?? []), bytes);
    await store.blobs.delete(key);
    assertEquals(await store.blobs.read(key), null);
    assertEquals((await Array.fromAsync(store.kv.list({ prefix: key }))).length, 0);
  }));

Deno.test("many blobs are read in their order, each with its own failure", () =>
  withStore(async (store) => {
    const wanted = await Promise.all(Array.from({ length: 23 }, async (_, i) => {
      const key = ["file", "local", i];
      const size = i === 20 ? 150_000 : i;
      const bytes = new Uint8Array(size).map((_, at) => (at * at * 31 + i) % 251);
      if (i === 20) crypto.getRandomValues(bytes.subarray(0, 65_000));
      if (i !== 7) await store.blobs.write(key, bytes);
      return { key, bytes };
    }));
    const damaged = { key: wanted[3]?.key ?? [], sha256: "0".repeat(64) };
    const read = await store.blobs.readMany(wanted.map(({ key }, i) => i === 3 ? damaged : { key }));
    for (const [i, result] of read.entries()) {
      if (i === 3) {
        assert(result.status === "rejected" && result.reason instanceof FreshetError);
        continue;
      }
      const bytes = result.status === "fulfilled" && result.value;
      assertEquals(bytes && new Uint8Array(bytes), i === 7 ? null : wanted[i]?.bytes ?? null);
    }
  }));
