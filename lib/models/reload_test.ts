import { assertEquals } from "@std/assert";
import type { ModelInfo } from "../shared/mod.ts";
import type { ModelManager } from "../providers/mod.ts";
import type { Managed } from "./managed_node.ts";
import { reload } from "./reload.ts";

const NOW = 1_700_000_000_000;

async function done(
  expiresAt: number | undefined,
  copy?: string,
  capabilities: ModelInfo["capabilities"] = [],
) {
  const calls: unknown[] = [];
  const manager = {
    unload: (_, model) => Promise.resolve(void calls.push(`unload ${model}`)),
    load: (_, model, options) => Promise.resolve(void calls.push([`load ${model}`, options])),
  } as Partial<ModelManager> as ModelManager;
  const info = { id: "a", name: "a", capabilities, ...(expiresAt === undefined ? {} : { expiresAt }) };
  const at = { manager, endpoint: { nodeId: "n", baseUrl: "http://n" } } as Managed;
  await reload(at, info, copy, NOW, AbortSignal.timeout(1_000));
  return calls;
}

Deno.test("a model is loaded anew for as long as the old instance was to stay", async () => {
  const load = (options: object) => ["unload a", ["load a", { isForEmbeddings: false, ...options }]];
  assertEquals(await done(NOW + 90_000), load({ keepAlive: "90s" }));
  assertEquals(await done(NOW + 292 * 365 * 86_400_000), load({ keepAlive: -1 }));
  assertEquals(await done(undefined), load({}));
  assertEquals(await done(NOW - 1), load({}));
});

Deno.test("an instance of other weights is reached by a copy that leads to it", async () => {
  assertEquals(await done(undefined, "a-pin", ["embedding"]), [
    "unload a-pin",
    "unload a",
    ["load a", { isForEmbeddings: true }],
  ]);
});
