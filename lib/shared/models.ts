import type { ErrorBody } from "./errors.ts";
import type { Capability } from "./generation.ts";
import type { ModelAbility } from "./model_servers.ts";
import type { ProviderKind } from "./node.ts";

/** A node that holds a model. */
export interface ModelHolder {
  nodeId: string;
  nodeName: string;
  kind: ProviderKind;
  /** False while the node does not answer or is switched off. */
  isOnline: boolean;
  /** What Freshet can do with the model there; empty where it can do nothing. */
  can: ModelAbility[];
  /** Null where the server does not tell. */
  loaded: boolean | null;
  /** Bytes of memory that it takes while it is loaded, and how many of them on graphics cards. */
  memoryBytes?: number;
  vramBytes?: number;
  /** When the server takes it out of memory (ms since 1970), unless it is asked again. */
  expiresAt?: number;
  digest?: string;
  /** When the server was found to have another model of this name, until somebody has noted that. */
  changedAt?: number;
  /** Whether one that is pinned there has the name, or another one. */
  pin?: "same" | "other";
}

/** What the ledger has seen of a model. */
export interface ModelUse {
  /** How many of the latest calls asked for it. */
  calls: number;
  /** ms since 1970. */
  lastUsedAt: number;
  /** On average of its latest answers; null where none was long enough to tell. */
  tokensPerSecond: number | null;
}

/** A model that is installed or offered somewhere, with the nodes that have it. */
export interface InstalledModel {
  id: string;
  capabilities: Capability[];
  /** Tokens. */
  contextLength?: number;
  /** Bytes on disk. */
  sizeBytes?: number;
  parameters?: string;
  quantization?: string;
  family?: string;
  /** The configuration that makes it. */
  configId?: string;
  holders: ModelHolder[];
  /** Null where it was not used of late. */
  use: ModelUse | null;
}

/** A node to which models can be downloaded. */
export interface ModelTarget {
  nodeId: string;
  name: string;
  kind: ProviderKind;
  /** Bytes of memory of its machine; null where that is not known, as of other machines. */
  memoryBytes: number | null;
  /** Bytes of memory of the graphics cards there; null where none is known. */
  gpuMemoryBytes: number | null;
}

/** What a server tells of one of its models; empty where it tells nothing. */
export interface ModelDetails {
  nodeId: string;
  model: string;
  modelfile: string;
  parameters: string;
  template: string;
  system: string;
  license: string;
}

/** Where a download stands; `waiting` is one that goes on by itself at `retryAt`. */
export type DownloadState = "running" | "waiting" | "paused" | "done" | "failed";

/** A download of a model to a node. */
export interface ModelDownload {
  id: string;
  nodeId: string;
  nodeName: string;
  model: string;
  state: DownloadState;
  /** What the server says that it does. */
  phase: string;
  completedBytes: number;
  /** Of what the server has begun with; 0 before it tells. */
  totalBytes: number;
  /** Over the last seconds; 0 while nothing comes. */
  bytesPerSecond: number;
  /** Null where that cannot be told. */
  secondsLeft: number | null;
  /** ms since 1970, like all times here. */
  createdAt: number;
  updatedAt: number;
  finishedAt?: number;
  retryAt?: number;
  /** Why it failed, or why it waits. */
  error?: ErrorBody;
  /** True where the server goes on by itself when nobody listens. */
  isServerSide?: boolean;
  /** True where the server has no call to pause it. */
  cannotPause?: boolean;
}

/** The phase of a download that its server has not come to yet. */
export const QUEUED_PHASE = "queued";
/** The phase of a download that somebody has paused in its server. */
export const PAUSED_PHASE = "paused";

/** `GET /api/models/installed`. */
export interface InstalledModels {
  models: InstalledModel[];
  targets: ModelTarget[];
}

/** The name as the servers list it: without a tag it means `:latest`. */
export function withTag(model: string): string {
  const name = model.trim();
  return name.slice(name.lastIndexOf("/") + 1).includes(":") ? name : `${name}:latest`;
}

/** One download of a model of the catalogue. */
export interface MarketVariant {
  /** As it is downloaded: "qwen3:8b". */
  name: string;
  /** "8B". */
  parameters: string;
  quantization: string;
  sizeBytes: number;
}

/** A model of the catalogue that comes with Freshet. */
export interface MarketModel {
  /** Its name in Ollama's library. */
  id: string;
  title: string;
  maker: string;
  license: string;
  /** Tokens, as its makers name it. */
  contextLength: number;
  capabilities: Capability[];
  variants: MarketVariant[];
}

/** The catalogue that comes with Freshet. */
export interface Market {
  models: MarketModel[];
  /** When its figures were written down, ms since 1970. */
  asOf: number;
}
