import type { ProviderKind } from "./node.ts";

/**
 * What can be done with the models of a server. `pause` is of downloads, `cancel` too; `settings` are those that a model is
 * loaded with, `configure` those that its server keeps in the model's file.
 */
export type ModelAbility =
  | "pull"
  | "pause"
  | "cancel"
  | "create"
  | "copy"
  | "delete"
  | "show"
  | "load"
  | "keep"
  | "settings"
  | "unload"
  | "configure"
  | "gallery"
  | "backends";

/** Values of settings by their names as the server spells them. */
export type SettingValues = Readonly<Record<string, number | string | boolean>>;

/** The names by which the texts explain settings: `models.setting.<text>` and `models.setting.<text>.hint`. */
export type SettingText =
  | "contextLength"
  | "evalBatch"
  | "flashAttention"
  | "experts"
  | "kvOnGpu"
  | "loader"
  | "gpuLayers"
  | "threads"
  | "threadsBatch"
  | "batch"
  | "cacheType"
  | "tensorSplit"
  | "gpuSplit"
  | "noMmap"
  | "mlock"
  | "noKvOffload"
  | "loadIn4bit"
  | "loadIn8bit"
  | "instructionTemplate"
  | "f16"
  | "mmap"
  | "mmlock"
  | "backend"
  | "chatTemplate"
  | "useTokenizerTemplate"
  | "temperature";

/** A setting that a server takes; what is not given it chooses itself. */
export type ServerSetting =
  & {
    /** As the server spells it, with dots for parts of parts. */
    name: string;
    text: SettingText;
  }
  & (
    | { type: "number"; min: number; max: number; step: number }
    | { type: "toggle" }
    | { type: "choice"; options: readonly string[] }
    | { type: "text"; maxLength: number; multiline?: boolean }
  );

/** A model as it is in memory. */
export interface LoadedInstance {
  /** What unloading names; of most servers the model's own name. */
  id: string;
  /** What it was loaded with, as far as the server tells. */
  settings: SettingValues;
}

/** A model on the disk of a server. */
export interface ServerModel {
  id: string;
  title: string;
  sizeBytes?: number;
  parameters?: string;
  quantization?: string;
  /** Tokens at most. */
  contextLength?: number;
  loaded: LoadedInstance[];
  /** What it may be loaded with; empty where the server takes no settings. */
  fields: ServerSetting[];
}

/** What a server tells of itself and of what can be done with it. */
export interface ServerSurvey {
  /** Null where it does not tell. */
  version: string | null;
  can: ModelAbility[];
  /** What servers of its kind can in a newer version, or where they are set up otherwise. */
  lacks: ModelAbility[];
  models: ServerModel[];
}

/** `GET /api/models/servers/{id}`: a server of models, with what it tells. */
export interface ModelServer extends ServerSurvey {
  nodeId: string;
  name: string;
  kind: ProviderKind;
}

/** A server in the list of those that can be managed. */
export interface ModelServerEntry {
  nodeId: string;
  name: string;
  kind: ProviderKind;
  isOnline: boolean;
}

/** A model of a server's gallery. */
export interface GalleryModel {
  /** As it is downloaded. */
  id: string;
  name: string;
  description: string;
  license: string;
  tags: string[];
  sizeBytes?: number;
  isInstalled: boolean;
}

/** What a gallery has for some words: the best of it, and how much there is in all. */
export interface GalleryPage {
  models: GalleryModel[];
  total: number;
  galleries: string[];
}

/** A backend of a server: the program that runs models of a kind. */
export interface ServerBackend {
  name: string;
  description: string;
  isInstalled: boolean;
  /** It comes with the server and cannot be deleted. */
  isSystem: boolean;
}

/** Something that a server does in the background. */
export interface ServerJob {
  id: string;
  state: "running" | "done" | "failed" | "cancelled";
  /** What it says of it. */
  message: string;
  /** 0 to 100. */
  percent: number;
}

/** The settings in a model's file on its server. */
export interface ModelConfiguration {
  fields: ServerSetting[];
  /** What is set; what is absent the server chooses. */
  values: SettingValues;
}

/** Where models are searched for on the internet. */
export const ONLINE_SOURCES = ["ollama", "huggingface"] as const;

/** One of `ONLINE_SOURCES`. */
export type OnlineSource = (typeof ONLINE_SOURCES)[number];

/** A file or a size of a model that was found. */
export interface OnlineVariant {
  /** As the source names it: "8b", "Q4_K_M". */
  label: string;
  /** The name to download it by, by the kind of the server; absent for servers that cannot. */
  names: Partial<Record<ProviderKind, string>>;
  /** Null where the source does not tell. */
  sizeBytes: number | null;
  /** True where the size is reckoned of the parameters. */
  isEstimate?: boolean;
}

/** A model that was found on the internet. */
export interface OnlineModel {
  id: string;
  description: string;
  /** Where a person reads about it. */
  url: string;
  downloads: number | null;
  /** As the source words them. */
  tags: string[];
  /** True where its owner wants to be asked first. */
  isGated: boolean;
  variants: OnlineVariant[];
}

/** What a search on the internet has found. */
export interface OnlineResults {
  source: OnlineSource;
  query: string;
  models: OnlineModel[];
  /** When the source was asked, ms since 1970. */
  askedAt: number;
}
