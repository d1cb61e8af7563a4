import { ZipReader, ZipWriter } from "@zip.js/zip.js";
import { createCipher } from "../cipher.ts";
import { keys } from "../keys.ts";
import { records } from "../records.ts";
import { Store } from "../store.ts";
import { FileReader } from "./file_reader.ts";

/** A store in memory with a key of its own. */
export async function memoryStore(
  options: { encryptAll?: boolean; key?: Uint8Array; shared?: boolean } = {},
): Promise<Store> {
  const { encryptAll = false, key = crypto.getRandomValues(new Uint8Array(32)), shared = false } = options;
  return new Store(await Deno.openKv(":memory:"), createCipher(key), { encryptAll, shared });
}

/** Larger than one value of the database, compressed too. */
export const LONG_TEXT = Array.from({ length: 20_000 }, (_, i) => (i * 7919 % 65_521).toString(36)).join(" ");

/** Something of every kind: small and large records, an index, blobs of one chunk and of several, a sealed key. */
export async function fill(store: Store): Promise<void> {
  const { kv } = store;
  const chat = { id: "c1", title: "Rivers", settings: { temperature: 0.25 }, updatedAt: 5 };
  await kv.set(keys.chat("local", "c1"), store.encode(records.chat, chat as never));
  await kv.set(keys.chatOrder("local", false, 5, "c1"), "c1");
  for (const [id, text] of [["m1", 'Grüße 🌊\n"quoted" \\ \u2028'], ["m2", LONG_TEXT]] as const) {
    const key = keys.message("local", "c1", id);
    const { bytes } = await store.encodeNew(records.message, key, { id, text } as never);
    await kv.set(key, bytes);
  }
  await kv.set(keys.attachmentUse("local", "a1", "c1"), true);
  await store.blobs.write(keys.attachmentBytes("local", "a1"), new TextEncoder().encode("small"));
  await store.blobs.write(keys.projectBlob("local", "p1", "aa"), noise(400_000));
  const sealedKey = store.cipher.seal(new TextEncoder().encode("sk-secret")).toBase64();
  const node = { id: "n1", name: "Cloud", origin: "manual", sealedKey };
  await kv.set(keys.node("local", "n1"), store.encode(records.node, node as never));
  await kv.set(keys.process("dead"), 1);
}

/** The secret that `fill` has sealed, opened with the store's own key. */
export async function secretOf(store: Store): Promise<string | undefined> {
  const sealed = (await store.get(records.node, keys.node("local", "n1")))?.value.sealedKey;
  return sealed && new TextDecoder().decode(store.cipher.open(Uint8Array.fromBase64(sealed)));
}

function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => (state = state * 48_271 % 2_147_483_647) & 255);
}

/** Rewrites an archive: entries by name are replaced, left out (null) or added. */
export async function rewrite(
  from: string,
  to: string,
  changes: Record<string, ((text: string) => string) | null>,
): Promise<void> {
  using file = await FileReader.open(from);
  const options = { useWebWorkers: false, useCompressionStream: true };
  using target = await Deno.open(to, { write: true, create: true, truncate: true });
  const out = new WritableStream<Uint8Array>({ write: async (chunk) => void await target.write(chunk) });
  const zip = new ZipWriter(out, options);
  const left = new Map(Object.entries(changes));
  for (const entry of await new ZipReader(file, options).getEntries()) {
    if (entry.directory) continue;
    const bytes = new Uint8Array(await entry.arrayBuffer(options));
    const change = left.get(entry.filename);
    left.delete(entry.filename);
    if (change === null) continue;
    const text = new TextDecoder().decode(bytes);
    const body = change ? new TextEncoder().encode(change(text)) : bytes;
    await zip.add(entry.filename, ReadableStream.from([body]));
  }
  for (const [name, make] of left) {
    if (make) await zip.add(name, ReadableStream.from([new TextEncoder().encode(make(""))]));
  }
  await zip.close();
}
