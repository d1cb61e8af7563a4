import { Chats } from "../../chats/mod.ts";
import { Runs } from "../../runs/mod.ts";
import { createTools, ToolRegistry } from "../../tools/mod.ts";
import type { Access } from "./access.ts";
import type { Foundation } from "./foundation.ts";
import type { InferenceServices } from "./inference.ts";

/** Chats, the runs that answer in them and in projects, and what models may call. */
export interface ChatServices {
  runs: Runs;
  tools: ToolRegistry;
  chats: Chats;
}

/** Makes what chats are held by. */
export function createChats(
  { config, store, clock, log, feed }: Foundation,
  { nodes, preferences }: Pick<InferenceServices, "nodes"> & Pick<Access, "preferences">,
): ChatServices {
  const runs = new Runs({ store, clock, log });
  const tools = config.features.tools ? createTools() : new ToolRegistry([]);
  const chats = new Chats({ store, clock, log, feed, nodes, runs, tools, preferences });
  return { runs, tools, chats };
}
