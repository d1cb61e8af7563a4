import { assertEquals } from "@std/assert";
import type { ModelInfo, NodeInfo } from "../../shared/mod.ts";
import { localPrincipal } from "../../access/mod.ts";
import { managerWithout } from "../../providers/mod.ts";
import { openStore } from "../../store/mod.ts";
import type { Managed } from "../managed_node.ts";
import { BaseCopies } from "./base_copy.ts";

const NAME = "a:latest";
const digest = (digit: string) => digit.repeat(64);
const model = (id: string, digit: string): ModelInfo => ({
  id,
  name: id,
  capabilities: ["chat"],
  digest: digest(digit),
});
const copyOf = (digit: string) => model(`${NAME}-base-${digit.repeat(12)}`, digit);

Deno.test("what a process was making when it died is no base of its name; what is downloaded later is one", async () => {
  const store = await openStore({ folder: ":memory:" });
  try {
    const copies: string[] = [];
    const at: Managed = {
      node: { id: "n" } as NodeInfo,
      endpoint: { nodeId: "n", baseUrl: "http://127.0.0.1" },
      manager: {
        ...managerWithout("ollama"),
        copy: (_, _name, copy) => Promise.resolve(void copies.push(copy)),
      },
    };
    const bases = new BaseCopies(store);
    const keep = (...models: ModelInfo[]) =>
      bases.keep(localPrincipal, at, NAME, models, new AbortController().signal);
    assertEquals(await keep(model(NAME, "1")), copyOf("1").id);
    await bases.making(localPrincipal, "n", NAME);
    // Its process died here, before it could note what came of it.
    assertEquals(await keep(model(NAME, "2"), copyOf("1")), copyOf("1").id);
    assertEquals(copies, [copyOf("1").id]);
    await bases.making(localPrincipal, "n", NAME);
    await bases.made(localPrincipal, "n", NAME, digest("3"));
    assertEquals(await keep(model(NAME, "3"), copyOf("1")), copyOf("1").id);
    assertEquals(await keep(model(NAME, "4"), copyOf("1")), copyOf("4").id);
  } finally {
    store.close();
  }
});
