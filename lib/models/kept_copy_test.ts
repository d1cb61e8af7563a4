import { assertEquals, assertRejects } from "@std/assert";
import { FreshetError, type ModelInfo, type NodeInfo } from "../shared/mod.ts";
import { managerWithout } from "../providers/mod.ts";
import { copyAsSeen } from "./kept_copy.ts";

Deno.test("a model that somebody has under the copy's name is neither overwritten nor deleted", async () => {
  const done: string[] = [];
  const theirs = { id: "a:latest-pin-111111111111", digest: "9".repeat(64) } as ModelInfo;
  const copying = copyAsSeen({
    node: { id: "n", name: "Workstation" } as NodeInfo,
    endpoint: { nodeId: "n", baseUrl: "http://127.0.0.1" },
    manager: {
      ...managerWithout("ollama"),
      copy: () => Promise.resolve(void done.push("copy")),
      delete: () => Promise.resolve(void done.push("delete")),
    },
  }, {
    model: "a:latest",
    digest: "1".repeat(64),
    copy: theirs.id,
    models: [theirs],
    renew: () => Promise.resolve([theirs]),
    signal: new AbortController().signal,
  });
  const refused = await assertRejects(() => copying, FreshetError);
  assertEquals([refused.code, refused.message, done], [
    "conflict",
    "Workstation has another model under the name a:latest-pin-111111111111",
    [],
  ]);
});
