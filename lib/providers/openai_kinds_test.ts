import { assertEquals } from "@std/assert";
import { fakeLmStudio, fakeLocalAI, fakeOpenAI, fakeTextgen } from "../../tests/fakes/mod.ts";
import { createOpenAI } from "./openai.ts";

Deno.test("servers that speak the same protocol are told apart by what only they answer", async () => {
  const kinds = ["lmstudio", "localai", "textgen"] as const;
  await using lmstudio = await fakeLmStudio();
  await using localai = await fakeLocalAI();
  await using textgen = await fakeTextgen();
  await using other = await fakeOpenAI({ flavour: "vllm" });
  const servers = [lmstudio, localai, textgen, other];
  const signal = AbortSignal.timeout(10_000);
  for (const [i, server] of servers.entries()) {
    const endpoint = { nodeId: "", baseUrl: `${server.url}/v1` };
    const answers = await Promise.all(
      kinds.map((kind) => createOpenAI({}, kind).recognises?.(endpoint, signal)),
    );
    assertEquals(answers, kinds.map((_, k) => k === i), server === other ? "other" : kinds[i]);
  }
  assertEquals(createOpenAI().recognises, undefined);
});
