import { assert, assertEquals } from "@std/assert";
import { rebuildRollups } from "../../lib/analytics/mod.ts";
import { digestStore, type Store } from "../../lib/store/mod.ts";

type Json = Record<string, unknown>;

/** The records below a prefix, as they are kept, by their keys. */
export async function recordsBelow<T = Json>(store: Store, prefix: Deno.KvKey): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  for await (const { key, value } of store.kv.list<Uint8Array>({ prefix })) {
    const { body } = await store.body(key, value);
    found.set(key.join("/"), JSON.parse(new TextDecoder().decode(body)));
  }
  return found;
}

/** Fails where something in a store does not fit together; returns how much was looked at. */
export async function assertWhole(store: Store): Promise<{ messages: number; files: number; calls: number }> {
  const messages = await assertTrees(store);
  const files = await assertFiles(store);
  const calls = await assertSums(store);
  return { messages, files, calls };
}

/** Every chat is listed once, every message is a child of its parent, and the active leaf is there. */
async function assertTrees(store: Store): Promise<number> {
  const chats = await recordsBelow<{ id: string; activeLeafId: string | null }>(store, ["chat", "local"]);
  const listed: string[] = [];
  for await (const { value } of store.kv.list<string>({ prefix: ["chat_order", "local"] })) {
    listed.push(value);
  }
  assertEquals(listed.sort(), [...chats.values()].map(({ id }) => id).sort());
  let count = 0;
  for (const { id: chatId, activeLeafId } of chats.values()) {
    const messages = await recordsBelow<{ id: string; parentId: string | null; status: string }>(store, [
      "message",
      "local",
      chatId,
    ]);
    const ids = new Set([...messages.values()].map(({ id }) => id));
    const families = await recordsBelow<{ childIds: string[] }>(store, ["message_branches", "local", chatId]);
    const children = [...families].flatMap(([key, { childIds }]) =>
      childIds.map((id) => `${key.split("/")[3] ?? ""}>${id}`)
    );
    const named = [...messages.values()].map(({ id, parentId }) => `${parentId ?? ""}>${id}`);
    assertEquals(children.sort(), named.sort(), `the tree of ${chatId}`);
    assert(activeLeafId === null || ids.has(activeLeafId), `the leaf of ${chatId}`);
    for (const { status } of messages.values()) assert(status !== "streaming", "nobody writes it any more");
    count += ids.size;
  }
  return count;
}

/** Every file of every version is there, with its hash. */
async function assertFiles(store: Store): Promise<number> {
  const manifests = await recordsBelow<{ files: { path: string; sha256: string }[] }>(store, ["manifest"]);
  let count = 0;
  for (const [key, { files }] of manifests) {
    const projectId = key.split("/")[2] ?? "";
    for (const { path, sha256 } of files) {
      const bytes = await store.blobs.read(["blob", "local", projectId, sha256], sha256);
      assert(bytes, `${path} of ${key}`);
      count++;
    }
  }
  const versions = await recordsBelow<{ status: string }>(store, ["version"]);
  for (const [key, { status }] of versions) {
    if (status === "ready" || status === "complete") {
      assert(manifests.has(key.replace("version", "manifest")), key);
    }
  }
  return count;
}

/** The sums of the ledger are those of its rows. */
async function assertSums(store: Store): Promise<number> {
  const before = await digestStore(store);
  const calls = await rebuildRollups(store, "local");
  const after = await digestStore(store);
  assertEquals(
    [after.ledger_rollup, after.ledger_page],
    [before.ledger_rollup, before.ledger_page],
    "sums are those of the rows",
  );
  return calls;
}
