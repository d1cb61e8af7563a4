import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { FreshetError } from "../../shared/mod.ts";
import { keyFromPassphrase } from "../cipher.ts";
import { recordType } from "../codec.ts";
import { keys } from "../keys.ts";
import { records } from "../records.ts";
import type { Store } from "../store.ts";
import { Archive } from "./archive.ts";
import { digestStore } from "./digest.ts";
import { restore } from "./restore.ts";
import { takeBackup } from "./take_backup.ts";
import { fill, LONG_TEXT, memoryStore, rewrite, secretOf } from "./testing.ts";

const MADE = { createdAt: 1_700_000_000_000, freshet: "0.1.0" };

/** Runs a test with a folder, and stores that are closed after it. */
function backupTest(name: string, test: (room: Room) => Promise<void>): void {
  Deno.test(name, async () => {
    const room = new Room(await Deno.makeTempDir());
    try {
      await test(room);
    } finally {
      for (const store of room.stores) store.close();
      await Deno.remove(room.folder, { recursive: true });
    }
  });
}

class Room {
  readonly stores: Store[] = [];
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async store(options?: Parameters<typeof memoryStore>[0]): Promise<Store> {
    const store = await memoryStore(options);
    this.stores.push(store);
    return store;
  }

  path(name = "a.zip"): string {
    return `${this.folder}/${name}`;
  }

  /** The backup of a filled store. */
  async backup(options: Parameters<typeof memoryStore>[0] & { password?: string } = {}): Promise<Store> {
    const store = await this.store(options);
    await fill(store);
    await takeBackup(store, this.path(), { ...MADE, password: options.password });
    return store;
  }

  async refusal(path: string, into: Store, input: { password?: string } = {}): Promise<FreshetError> {
    const error = await assertRejects(() => restore(into, { path, now: 1, ...input }), FreshetError);
    assertEquals(await Array.fromAsync(into.kv.list({ prefix: [] })), [], "nothing was written");
    return error;
  }
}

const KEY = new Uint8Array(32).fill(7);
const CONTACT = recordType<unknown>("contact");

backupTest(
  "everything comes back the same, with the store's key, a password, and encrypted",
  async (room) => {
    for (const [i, options] of [{}, { password: "pässword" }, { encryptAll: true }].entries()) {
      const inner = new Room(`${room.folder}/${i}`);
      await Deno.mkdir(inner.folder);
      const store = await inner.backup({ key: KEY, ...options });
      // A password opens it anywhere; without one, the same key is needed.
      const other = await inner.store(options.password ? {} : { key: KEY, ...options });
      const report = await restore(other, { path: inner.path(), now: 1, ...options });
      assertEquals(await digestStore(other), await digestStore(store));
      assertEquals([report.counts.message, report.counts.blob, report.moved], [2, 1, []]);
      assertEquals(await secretOf(other), "sk-secret");
      const long = await other.get(records.message, keys.message("local", "c1", "m2"));
      assertEquals(long?.value.text, LONG_TEXT);
      assertEquals((await other.kv.get(keys.process("dead"))).value, null);
      const text = new TextDecoder("latin1").decode(await Deno.readFile(inner.path()));
      assert(!text.includes("sk-secret"));
      for (const open of inner.stores) open.close();
    }
  },
);

backupTest("an archive that is encrypted shows nothing of what is in it", async (room) => {
  await room.backup({ password: "long enough" });
  const other = await room.store();
  assertStringIncludes((await room.refusal(room.path(), other)).message, "it needs its password");
  const wrong = await room.refusal(room.path(), other, { password: "other" });
  assertEquals([wrong.message, wrong.field], [
    "Cannot open the backup: the password is wrong",
    "password",
  ]);
  const plain = new TextDecoder("latin1").decode(await Deno.readFile(room.path()));
  assert(!plain.includes("Rivers"));
});

backupTest("keys of model servers under another key are named, and can be gone without", async (room) => {
  await room.backup();
  const other = await room.store();
  const error = await room.refusal(room.path(), other);
  assertEquals(error.field, "withoutSecrets");
  const report = await restore(other, { path: room.path(), now: 1, withoutSecrets: true });
  assertEquals([report.secretsLeftOut, await secretOf(other)], [1, undefined]);
  const encrypted = new Room(`${room.folder}/e`);
  await Deno.mkdir(encrypted.folder);
  await encrypted.backup({ encryptAll: true });
  assertStringIncludes(
    (await encrypted.refusal(encrypted.path(), await encrypted.store())).message,
    "it is encrypted with another key",
  );
  for (const open of encrypted.stores) open.close();
});

backupTest("the same passphrase opens it in a store that has another salt", async (room) => {
  const salt = new Uint8Array(16).fill(3);
  const store = await room.store({ encryptAll: true, key: keyFromPassphrase("open sesame", salt) });
  await store.kv.set(keys.salt(), salt);
  await fill(store);
  await takeBackup(store, room.path(), MADE);
  const other = await room.store({ key: keyFromPassphrase("open sesame", new Uint8Array(16)) });
  await restore(other, { path: room.path(), now: 1, passphrase: "open sesame" });
  assertEquals(await secretOf(other), "sk-secret");
});

backupTest("only an empty store is restored into; what comes by itself gives way", async (room) => {
  const store = await room.backup({ key: KEY });
  const other = await room.store({ key: KEY });
  await other.kv.set(keys.settings("local"), other.encode(records.settings, { theme: "light" }));
  const found = { id: "n2", origin: "discovered" } as never;
  await other.kv.set(keys.node("local", "n2"), other.encode(records.node, found));
  await restore(other, { path: room.path(), now: 1 });
  assertEquals(await digestStore(other), await digestStore(store));
  const again = await assertRejects(() => restore(other, { path: room.path(), now: 1 }), FreshetError);
  assertEquals(again.code, "conflict");
  assertStringIncludes(again.message, "it has node, chat, message");
  assertEquals(await digestStore(other), await digestStore(store));
});

backupTest(
  "damaged, foreign and hostile archives are refused in words, and nothing is written",
  async (room) => {
    await room.backup({ key: KEY });
    const whole = await Deno.readFile(room.path());
    const into = await room.store({ key: KEY });
    const words = async (path: string) => (await room.refusal(path, into)).message;
    const bad = room.path("bad.zip");
    for (const length of [0, 10, 3_000, whole.length - 30]) {
      await Deno.writeFile(bad, whole.slice(0, length));
      assertStringIncludes(await words(bad), "it is no ZIP archive, or it was cut off");
    }
    let refused = 0;
    const refusal = (error: unknown) => {
      assert(error instanceof FreshetError && error.code === "invalid_request", String(error));
      refused++;
    };
    for (let at = 700; at < whole.length; at += Math.floor(whole.length / 12)) {
      const bytes = whole.slice();
      bytes[at] = (bytes[at] ?? 0) ^ 0x55;
      await Deno.writeFile(bad, bytes);
      // What no content hangs on, like a time in a header, may be changed.
      using found = await Archive.open(bad, { cipher: into.cipher, layout: 1 }).catch(refusal) ?? null;
      await found?.verify().catch(refusal);
    }
    assert(refused > 8, `${refused}`);
    const change = async (changes: Parameters<typeof rewrite>[2]) => {
      await rewrite(room.path(), bad, changes);
      return await words(bad);
    };
    const replace = (from: string | RegExp, to: string) => (text: string) => text.replace(from, to);
    assertStringIncludes(await change({ "freshet.json": null }), "of another program");
    assertStringIncludes(await change({ "../../etc/passwd": () => "x" }), "Cannot read the backup");
    assertStringIncludes(await change({ "data/passwd": () => "x" }), "data/passwd does not belong there");
    assertStringIncludes(await change({ "data/message.jsonl": replace("Grüße", "Gruesse") }), "message");
    assertStringIncludes(await change({ "data/message.jsonl": null }), "message is missing");
    assertStringIncludes(
      await change({ "data/chat.jsonl": replace('"chat"', '"node"') }),
      "a key does not belong there",
    );
    assertStringIncludes(
      await change({ "data/blob.jsonl": replace(/"blob":"..../, '"blob":"AAAA') }),
      "its hash",
    );
    assertStringIncludes(await change({ "data/chat.jsonl": (text) => text + text }), "more than its list");
    assertStringIncludes(
      await change({ "freshet.json": replace('"version": 1', '"version": 3') }),
      "newer Freshet",
    );
    assertStringIncludes(
      await change({ "freshet.json": replace('"layout": 1', '"layout": 9') }),
      "newer Freshet",
    );
    assertStringIncludes(
      await change({ "data/chat.jsonl": replace('"schema":1', '"schema":7') }),
      "newer Freshet (its chat has schema 7)",
    );
    assertStringIncludes(
      await change({ "manifest.json": replace(/("message": \{[^}]*"bytes": )\d+/, "$19000000000000000") }),
      "far more in it",
    );
    const bomb = " ".repeat(8_000_000);
    assertStringIncludes(await change({ "data/chat.jsonl": () => bomb }), "more than its list");
    assertStringIncludes(
      await change({ "freshet.json": (text) => text + bomb }),
      "freshet.json is too large",
    );
  },
);

backupTest(
  "what this Freshet counts meanwhile stops no restore, and what expires does so again",
  async (room) => {
    const source = await room.store({ key: KEY });
    await fill(source);
    const contact = { firstAt: 1, lastAt: 2, count: 3 };
    await source.kv.set(keys.contact(0, "a", "models"), source.encode(CONTACT, contact));
    await source.kv.set(keys.chatFolderFormer("local", "f", "c1"), true);
    await takeBackup(source, room.path(), MADE);
    const other = await room.store({ key: KEY });
    const list = other.kv.list.bind(other.kv);
    other.kv.list = ((selector: { prefix: Deno.KvKey }, options) => {
      const entries = list(selector, options);
      if (selector.prefix[0] !== "contact") return entries;
      return Object.assign(
        (async function* () {
          await other.kv.set(keys.contact(1, "b", "models"), other.encode(CONTACT, contact));
          yield* list(selector, options);
        })(),
        { cursor: "" },
      );
    }) as typeof other.kv.list;
    const expiring = new Set<Deno.KvKeyPart>();
    const atomic = other.kv.atomic.bind(other.kv);
    other.kv.atomic = () => {
      const operation = atomic();
      const set = operation.set.bind(operation);
      operation.set = (key, value, options) => {
        if (options?.expireIn && key[0]) expiring.add(key[0]);
        return set(key, value, options);
      };
      return operation;
    };
    const report = await restore(other, { path: room.path(), now: 1 });
    assertEquals(report.moved, ["contact"]);
    assertEquals(expiring, new Set(["contact", "chat_folder_former"]));
  },
);

backupTest("a store that others write to is read until it comes to rest", async (room) => {
  const store = await room.store();
  await fill(store);
  let writes = 0;
  const write = () => store.kv.set(keys.attachmentUse("local", "a1", `c${writes++}`), true);
  const list = store.kv.list.bind(store.kv);
  let quietAfter = 40;
  store.kv.list = ((...args: Parameters<typeof list>) => {
    const entries = list(...args);
    return Object.assign(
      (async function* () {
        if (writes < quietAfter) await write();
        yield* entries;
      })(),
      { cursor: "" },
    );
  }) as typeof store.kv.list;
  await takeBackup(store, room.path(), MADE);
  assertEquals(writes, 40);
  const other = await room.store();
  await restore(other, { path: room.path(), now: 1, withoutSecrets: true });
  assertEquals((await Array.fromAsync(other.kv.list({ prefix: ["attachment_use"] }))).length, 40);
  quietAfter = Infinity;
  const error = await assertRejects(() => takeBackup(store, room.path("b.zip"), MADE), FreshetError);
  assertStringIncludes(error.message, "did not come to rest");
  assertEquals([...Deno.readDirSync(room.folder)].map(({ name }) => name), ["a.zip"]);
});
