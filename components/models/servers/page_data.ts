import type {
  ErrorBody,
  GalleryPage,
  ModelConfiguration,
  ModelServer,
  ModelServerEntry,
  ServerBackend,
  ServerJob,
  SettingValues,
} from "../../../lib/shared/mod.ts";

/** What the page of all servers is rendered from. */
export interface ServersPageData {
  servers: ModelServerEntry[];
  canManage: boolean;
}

/** A form that was refused, with what had been typed. */
export interface SettingsRefusal {
  intent: string;
  model: string;
  message: string;
  /** The setting that is wrong; absent where it is none of them. */
  field?: string;
  values: SettingValues;
}

/** What the page of a server is rendered from. */
export interface ServerPageData {
  server: ModelServer;
  /** Why the server could not be asked, or what was refused. */
  problem: ErrorBody | null;
  refusal: SettingsRefusal | null;
  /** What was done before the page was shown. */
  done: { action: "load" | "unload" | "configure"; model: string } | null;
  /** What the gallery has for the words; null where nothing was searched for. */
  gallery: { query: string; page: GalleryPage } | null;
  backends: ServerBackend[] | null;
  /** A backend that is installed or deleted; its job is null where the server knows nothing of it any more. */
  job: { name: string; job: ServerJob | null } | null;
  configuration: { model: string; configuration: ModelConfiguration } | null;
}
