import type { ErrorCode } from "./errors.ts";
import type { ModelInfo, Outcome } from "./generation.ts";

/**
 * The kinds of model servers: what Freshet speaks to them, and how it manages their models. `lmstudio`, `localai` and `textgen`
 * (Text Generation WebUI) answer like any server of kind `openai`, and are managed each in its own way.
 */
export const PROVIDER_KINDS = [
  "ollama",
  "openai",
  "lmstudio",
  "localai",
  "textgen",
  "anthropic",
  "huggingface",
  "sketch",
] as const;

/** One of `PROVIDER_KINDS`. */
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

/** Whether servers of a kind answer in OpenAI's protocol. */
export function speaksOpenAI(kind: string): boolean {
  return kind === "openai" || kind === "lmstudio" || kind === "localai" || kind === "textgen";
}

/** How a node came to be known. */
export type NodeOrigin = "manual" | "discovered" | "config" | "builtin";

/** An inference server as clients see it: everything but its key. */
export interface NodeInfo {
  id: string;
  name: string;
  kind: ProviderKind;
  baseUrl: string;
  hasKey: boolean;
  origin: NodeOrigin;
  enabled: boolean;
  /** On this machine or in the local network: what is sent to it stays with the person. */
  local: boolean;
  /** Lower is asked first. */
  priority: number;
  weight: number;
  /** Requests at the same time; 0 for no limit. */
  concurrency: number;
  tags: string[];
  /** True while the node ends what it does and takes nothing new. */
  draining?: boolean;
  /** Hugging Face: the inference provider that runs the models. */
  inferenceProvider?: string;
  createdAt: number;
  updatedAt: number;
}

/** What is known of a node's health right now. */
export interface NodeHealth {
  status: "healthy" | "warning" | "offline" | "unknown";
  /** In words, for people. */
  reason: string;
  /** ms since 1970. */
  checkedAt?: number;
  latencyMs?: number;
}

/** A node with its health and its models. */
export interface NodeView extends NodeInfo {
  health: NodeHealth;
  models: ModelInfo[];
}

/** What happened on a node within one second. */
export interface NodeSecond {
  requests: number;
  failures: number;
  /** Pieces of answers: of most servers, tokens. */
  deltas: number;
}

/** A node as it is now, with what it does. */
export interface NodeStatus extends NodeView {
  /** The same as `health.status`. */
  status: NodeHealth["status"];
  /** Percent of its turns that are taken. */
  load: number;
  /** Percent of its machine's memory that is taken; null where that is not known. */
  memory: number | null;
  /** On average over the last ten seconds. */
  requestsPerSecond: number;
  /** Smoothed ms to the first token; null where nothing was measured. */
  latencyMs: number | null;
  /** Calls under way. */
  inFlight: number;
  /** Calls that wait and could go there. */
  waiting: number;
  /** The circuit breaker: `closed` lets calls through, `half_open` one at a time, `open` none. */
  breaker: "closed" | "open" | "half_open";
  /** The last minute, oldest first; the last second is not over. */
  activity: NodeSecond[];
}

/** Why a call of a model went to a node, and what came of it. */
export interface NodeDecision {
  /** Of the call, which its attempts share; the id of its row in the ledger. */
  callId: string;
  /** ms since 1970. */
  at: number;
  /** What asked: chat, project, api, … */
  source: string;
  model: string;
  nodeId: string;
  nodeName: string;
  /** In words. */
  reason: string;
  /** 1 for the first node that was asked. */
  attempt: number;
  /** ms that the call had waited for its turn. */
  waitedMs: number;
  /** True where the node went on with an answer that another one had begun. */
  isContinued: boolean;
  /** Absent while the call is under way. */
  outcome?: Outcome;
  error?: { code: ErrorCode; message: string };
  firstTokenMs?: number;
  durationMs?: number;
  completionTokens?: number;
}

/**
 * What was seen of a node: a question of ours (a probe, a person's test, one for its models that failed), a call that failed
 * there, or what followed from it. Calls that are answered are in the ledger, not here.
 */
export type NodeLogEntry =
  & { /** ms since 1970. */ at: number }
  & (
    | {
      type: "probe" | "test" | "models";
      isAnswered: boolean;
      durationMs: number;
      /** In words. */
      reason: string;
      /** When the next probe was due after this one, in ms since 1970. */
      nextAt?: number;
    }
    | { type: "call"; reason: string; durationMs: number }
    /** The circuit breaker changed; `until` is when an open one lets the next call through. */
    | { type: "breaker"; state: NodeStatus["breaker"]; until?: number }
    /** It asked to be left alone. */
    | { type: "cooling"; until: number }
    /** What was known of it was forgotten, as after a change of its address or a test that it passed. */
    | { type: "reset" }
  );

/** The log of a node since Freshet was started, newest first, and when it is asked again (null where it is not). */
export interface NodeLogView {
  entries: NodeLogEntry[];
  /** ms since 1970. */
  nextProbeAt: number | null;
}

/** A call that waits for a turn. */
export interface QueuedCall {
  callId: string;
  source: string;
  model: string;
  /** 1 is next. */
  position: number;
  /** How many wait in all, whoever sent them. */
  waiting: number;
  waitedMs: number;
  expectedMs: number;
}

/** What the page of nodes is sent every second: what changes all the time, by node, and the queue. */
export interface NodesPulse {
  /** ms since 1970. */
  at: number;
  nodes: (
    & Pick<
      NodeStatus,
      | "id"
      | "status"
      | "load"
      | "memory"
      | "requestsPerSecond"
      | "latencyMs"
      | "inFlight"
      | "waiting"
      | "breaker"
    >
    & { reason: string; second: NodeSecond }
  )[];
  queue: QueuedCall[];
}

/** A name for a chain of models, of which the first that can answer does. */
export interface ModelAlias {
  name: string;
  /** Ids of models. */
  models: string[];
  origin: "manual" | "config";
}

/** A model, unified over the nodes that hold it. */
export interface ModelEntry extends ModelInfo {
  /** The models that an alias stands for. */
  aliasOf?: string[];
  nodes: { id: string; name: string; kind: ProviderKind; local: boolean }[];
}
