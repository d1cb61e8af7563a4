import type {
  GalleryPage,
  ModelAbility,
  ModelConfiguration,
  ModelDetails,
  ProviderKind,
  ServerBackend,
  ServerJob,
  ServerSurvey,
  SettingValues,
} from "../shared/mod.ts";
import type { Endpoint } from "./provider.ts";

/** One step of a download, as the server tells it. */
export interface PullStep {
  /** What it does now, in its words. */
  phase: string;
  /** The part that it is about, with its bytes; absent for steps that load nothing. */
  layer?: { digest: string; totalBytes: number; completedBytes: number };
  /** The server's name for what it does in the background; given to the next `pull`, that follows the same. */
  job?: string;
}

/** A model to be made of another one. */
export interface NewModel {
  name: string;
  from: string;
  system?: string;
  template?: string;
  parameters?: Readonly<Record<string, number | string | string[]>>;
}

/** How a model is loaded. */
export interface LoadOptions {
  /** How long it stays in memory ("5m", seconds, or -1 for as long as it may). */
  keepAlive?: string | number;
  isForEmbeddings: boolean;
  /** Of those that the survey names; what is absent the server chooses. */
  settings?: SettingValues;
}

/**
 * What a server lets us do with its models. Errors are those of a `Provider`; `model_not_found` too for a name that is in no
 * library, and `unsupported` for what the kind or the server's version has no call for. Aborting `signal` ends a call at once
 * and throws `cancelled`.
 */
export interface ModelManager {
  readonly kind: ProviderKind;

  /**
   * What servers of this kind can at most; `survey` tells what one of them can. Those that `create` copy models too, and tell
   * them apart by digests, as pins need it.
   */
  readonly can: ReadonlySet<ModelAbility>;

  /** The name of a model as the server lists it, of what a person typed to download. */
  pullName(wanted: string): string;

  /**
   * Downloads a model. A download that was ended before goes on where it was; ends normally only when all is there. Servers
   * without `pause` in `can` go on by themselves when the signal is aborted; `job` is what an earlier step of the same download named.
   */
  pull(endpoint: Endpoint, model: string, signal: AbortSignal, job?: string): AsyncIterable<PullStep>;

  /**
   * Pauses a download that the server goes on with by itself; what is there is kept, and the next `pull` goes on with it.
   * Absent where no server of the kind can; throws `unsupported` where this one cannot, and `not_found` where the server is
   * not at it.
   */
  pausePull?(endpoint: Endpoint, job: string, signal: AbortSignal): Promise<void>;

  /** Ends a download that the server goes on with by itself. Throws `not_found` where the server is not at it. */
  cancelPull(endpoint: Endpoint, job: string, signal: AbortSignal): Promise<void>;

  /** What the server tells of itself and of its models; absent where the node's own models tell it all. */
  survey?(endpoint: Endpoint, signal: AbortSignal): Promise<ServerSurvey>;

  /**
   * Makes a model of another one that is there. Parameters are laid over those of the other one, and an empty text is as it
   * has it. Nothing is changed on the server unless it ends normally or breaks off in its last moment.
   */
  create(
    endpoint: Endpoint,
    model: NewModel,
    signal: AbortSignal,
    onStep?: (step: PullStep) => void,
  ): Promise<void>;

  delete(endpoint: Endpoint, model: string, signal: AbortSignal): Promise<void>;

  /** Gives a model a second name. */
  copy(endpoint: Endpoint, model: string, name: string, signal: AbortSignal): Promise<void>;

  /** Loads a model into memory; one that is there already only where the settings are other ones. */
  load(endpoint: Endpoint, model: string, options: LoadOptions, signal: AbortSignal): Promise<void>;

  /** Takes a model out of memory. */
  unload(endpoint: Endpoint, model: string, signal: AbortSignal): Promise<void>;

  show(
    endpoint: Endpoint,
    model: string,
    signal: AbortSignal,
  ): Promise<Omit<ModelDetails, "nodeId" | "model">>;

  /** The gallery and the backends of servers that have such. */
  readonly gallery?: ModelGallery;
  /** The files of settings of servers that keep such. */
  readonly files?: ModelFiles;
}

/** What a server can install. */
export interface ModelGallery {
  /** The models whose name, description or tags have every word; at most `limit` of them. */
  search(endpoint: Endpoint, query: string, limit: number, signal: AbortSignal): Promise<GalleryPage>;

  /** What is installed, and what could be. */
  backends(endpoint: Endpoint, signal: AbortSignal): Promise<ServerBackend[]>;

  /** Begins to install a backend; resolves to the id of its job. */
  installBackend(endpoint: Endpoint, name: string, signal: AbortSignal): Promise<string>;

  /** Begins to delete a backend; resolves to the id of its job. */
  deleteBackend(endpoint: Endpoint, name: string, signal: AbortSignal): Promise<string>;

  /** Throws `not_found` for a job that the server does not know, as after it was started anew. */
  backendJob(endpoint: Endpoint, id: string, signal: AbortSignal): Promise<ServerJob>;
}

/** The settings that a server keeps in a file of each model. */
export interface ModelFiles {
  read(endpoint: Endpoint, model: string, signal: AbortSignal): Promise<ModelConfiguration>;

  /** Changes what is given; null takes a setting out, so that the server chooses. It applies when the model is loaded anew. */
  write(
    endpoint: Endpoint,
    model: string,
    changes: Readonly<Record<string, number | string | boolean | null>>,
    signal: AbortSignal,
  ): Promise<void>;
}
