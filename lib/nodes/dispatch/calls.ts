import type { ChatDelta, ChatRequest } from "../../shared/mod.ts";
import type { Principal } from "../../access/mod.ts";
import type { CallSource } from "../../analytics/mod.ts";
import type { PassOptions } from "../../providers/mod.ts";
import type { QueuePosition } from "../queue/scheduler.ts";

/** One call of a model, wherever it comes from. */
export interface ModelCall {
  principal: Principal;
  request: ChatRequest;
  source: CallSource;
  signal: AbortSignal;
  /** Holds the call to one node. */
  nodeId?: string | undefined;
  /** True where nothing may be sent to nodes outside of this machine and its network. */
  localOnly?: boolean | undefined;
  /**
   * Wishes for the answer as the bytes of OpenAI's protocol, where the node speaks it: they are written, and not yielded.
   * Nobody goes on with such an answer.
   */
  raw?: Pick<PassOptions, "includeUsage" | "write"> | undefined;
  /** Whether another node goes on with an answer that breaks off; true unless told. */
  goesOn?: boolean | undefined;
}

/** One call for embeddings. */
export interface EmbeddingCall {
  principal: Principal;
  model: string;
  input: string[];
  dimensions?: number;
  source: CallSource;
  signal: AbortSignal;
}

/** The node that was chosen; `isContinued` where it goes on with what another one has begun. */
export interface NodeChosen {
  type: "node";
  nodeId: string;
  nodeName: string;
  model: string;
  reason: string;
  isContinued?: true;
}

/** What a dispatch yields: the deltas; before them, and again after a failed attempt, how the call waits and where it goes. */
export type DispatchEvent = ChatDelta | NodeChosen | QueuePosition;

/** Times to wait, in ms. */
export interface Patience {
  firstTokenMs: number;
  /** After a node said that it is loading the model. */
  loadingMs: number;
  betweenTokensMs: number;
  /** For the whole answer, with all attempts. */
  totalMs: number;
}

/** Patience enough for a large model on a slow disk. */
export const DEFAULT_PATIENCE: Patience = {
  firstTokenMs: 120_000,
  loadingMs: 600_000,
  betweenTokensMs: 60_000,
  totalMs: 3_600_000,
};
