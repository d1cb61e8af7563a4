import { assertEquals, assertRejects } from "@std/assert";
import { FreshetError, type ModelInfo, type NodeInfo } from "../../shared/mod.ts";
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
    let there: ModelInfo[] = [];
    const at: Managed = {
      node: { id: "n" } as NodeInfo,
      endpoint: { nodeId: "n", baseUrl: "http://127.0.0.1" },
      manager: {
        ...managerWithout("ollama"),
        copy: (_, name, copy) => {
          copies.push(copy);
          const digest = there.find(({ id }) => id === name)?.digest;
          there = [...there, { ...model(copy, "0"), ...(digest === undefined ? {} : { digest }) }];
          return Promise.resolve();
        },
      },
    };
    const bases = new BaseCopies(store);
    const keep = (...models: ModelInfo[]) => {
      there = models;
      return bases.keep(at, NAME, () => Promise.resolve(there), new AbortController().signal);
    };
    assertEquals(await keep(model(NAME, "1")), copyOf("1").id);
    await bases.making("n", NAME);
    // Its process died here, before it could note what came of it.
    assertEquals(await keep(model(NAME, "2"), copyOf("1")), copyOf("1").id);
    assertEquals(copies, [copyOf("1").id]);
    await bases.making("n", NAME);
    await bases.made("n", NAME, digest("3"));
    assertEquals(await keep(model(NAME, "3"), copyOf("1")), copyOf("1").id);
    assertEquals(await keep(model(NAME, "4"), copyOf("1")), copyOf("4").id);
  } finally {
    store.close();
  }
});

Deno.test("a name that is given to another model between the look and the copy is no base", async () => {
  const store = await openStore({ folder: ":memory:" });
  try {
    const deleted: string[] = [];
    let there = [model(NAME, "1")];
    const at: Managed = {
      node: { id: "n", name: "Workstation" } as NodeInfo,
      endpoint: { nodeId: "n", baseUrl: "http://127.0.0.1" },
      manager: {
        ...managerWithout("ollama"),
        copy: (_, _name, copy) => {
          // Somebody was faster.
          there = [model(NAME, "2"), model(copy, "2")];
          return Promise.resolve();
        },
        delete: (_, name) => Promise.resolve(void deleted.push(name)),
      },
    };
    const bases = new BaseCopies(store);
    const keeping = bases.keep(at, NAME, () => Promise.resolve(there), new AbortController().signal);
    const refused = await assertRejects(() => keeping, FreshetError);
    assertEquals([refused.code, deleted], ["conflict", [copyOf("1").id]]);
    assertEquals(await bases.of("n", NAME), undefined);
  } finally {
    store.close();
  }
});
