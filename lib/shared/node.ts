import type { ModelInfo } from "./generation.ts";

/** The wire protocols that Freshet speaks to model servers. */
export const PROVIDER_KINDS = ["ollama", "openai", "anthropic", "huggingface", "sketch"] as const;

/** One of `PROVIDER_KINDS`. */
export type ProviderKind = (typeof PROVIDER_KINDS)[number];

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

/** A model, unified over the nodes that hold it. */
export interface ModelEntry extends ModelInfo {
  nodes: { id: string; name: string; kind: ProviderKind; local: boolean }[];
}
