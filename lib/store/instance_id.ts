import { keys } from "./keys.ts";
import type { Store } from "./store.ts";

const ID_BYTES = 4;

/** Tells this Freshet from others on the same host: eight hexadecimal digits, the same for all processes on its store. */
export async function instanceIdOf({ kv }: Pick<Store, "kv">): Promise<string> {
  const key = keys.instance();
  const kept = await kv.get<string>(key);
  if (kept.value !== null) return kept.value;
  const id = crypto.getRandomValues(new Uint8Array(ID_BYTES)).toHex();
  await kv.atomic().check(kept).set(key, id).commit();
  return (await kv.get<string>(key)).value ?? id;
}
