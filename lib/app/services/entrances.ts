import { createGateway, type Gateway } from "../../gateway/mod.ts";
import { ChatSockets } from "../../socket/mod.ts";
import type { Access } from "./access.ts";
import type { ChatServices } from "./chats.ts";
import type { Foundation } from "./foundation.ts";
import type { InferenceServices } from "./inference.ts";

/** Ways in beside the routes. */
export interface EntranceServices {
  gateway: Gateway;
  sockets: ChatSockets;
}

/** Makes `/v1` and the WebSocket of chats. */
export function createEntrances(
  { store, clock, log, revocations }: Foundation,
  { authenticator, limiter, budgets }: Pick<Access, "authenticator" | "limiter" | "budgets">,
  { nodes, chats, runs }: Pick<InferenceServices, "nodes"> & Pick<ChatServices, "chats" | "runs">,
): EntranceServices {
  return {
    gateway: createGateway({ nodes, authenticator, limits: limiter, revocations, log, clock }),
    sockets: new ChatSockets({ authenticator, revocations, budgets, chats, runs, store, clock, log }),
  };
}
