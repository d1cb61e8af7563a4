import type { Store } from "../../lib/store/mod.ts";
import { below, pick } from "./random_text.ts";

type Random = () => number;
type Entry = { key: Deno.KvKey; value: unknown };

/** Ways in which stored contents go wrong. */
export const DAMAGES = ["flip", "cut", "chunk lost", "info lost", "swapped chunks", "swapped blobs"] as const;

/** One of `DAMAGES`. */
export type Damage = typeof DAMAGES[number];

/**
 * Damages the blob at `key`, using another one for what is swapped; the result puts back what was there. Undefined where this
 * damage cannot be done to these blobs.
 */
export async function damageBlob(
  { kv }: Store,
  random: Random,
  damage: Damage,
  key: Deno.KvKey,
  otherKey: Deno.KvKey | undefined,
): Promise<(() => Promise<void>) | undefined> {
  const [own, other] = [await entriesOf(kv, key), otherKey ? await entriesOf(kv, otherKey) : []];
  const chunks = own.filter(({ value }) => value instanceof Uint8Array && value.length > 0);
  const chunk = chunks.length > 0 ? pick(random, chunks) : undefined;
  const isSwap = damage === "swapped chunks" || damage === "swapped blobs";
  if ((isSwap && other.length === 0) || (!isSwap && !chunk)) return undefined;
  if (damage === "info lost") await kv.delete([...key, "info"]);
  else if (isSwap) await swap(kv, key, own, other, damage === "swapped chunks");
  else if (chunk && damage === "chunk lost") await kv.delete(chunk.key);
  else if (chunk?.value instanceof Uint8Array) {
    const bytes = chunk.value.slice();
    const at = below(random, bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << below(random, 8));
    await kv.set(chunk.key, damage === "flip" ? bytes : bytes.slice(0, at));
  }
  return async () => {
    for (const { key: changed } of await entriesOf(kv, key)) await kv.delete(changed);
    for (const entry of own) await kv.set(entry.key, entry.value);
  };
}

/** Puts what another blob has at the place of this one: all of it, or all but what says what it should be. */
async function swap(kv: Deno.Kv, key: Deno.KvKey, own: Entry[], other: Entry[], keepsHash: boolean) {
  for (const entry of own) await kv.delete(entry.key);
  for (const entry of other) await kv.set([...key, entry.key.at(-1) ?? ""], entry.value);
  const [info, strange] = [own.find(isInfo)?.value, other.find(isInfo)?.value];
  if (!keepsHash || info === undefined) return;
  const areWhole = info instanceof Uint8Array && strange instanceof Uint8Array;
  const mixed = areWhole ? new Uint8Array([...info.slice(0, 32), ...strange.slice(32)]) : info;
  await kv.set([...key, "info"], mixed);
}

function isInfo({ key }: Entry): boolean {
  return key.at(-1) === "info";
}

async function entriesOf(kv: Deno.Kv, prefix: Deno.KvKey): Promise<Entry[]> {
  return await Array.fromAsync(kv.list<unknown>({ prefix }), ({ key, value }) => ({ key, value }));
}
