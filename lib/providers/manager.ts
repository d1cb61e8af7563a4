import type { ModelDetails, ProviderKind } from "../shared/mod.ts";
import type { Endpoint } from "./provider.ts";

/** One step of a download, as the server tells it. */
export interface PullStep {
  /** What it does now, in its words. */
  phase: string;
  /** The part that it is about, with its bytes; absent for steps that load nothing. */
  layer?: { digest: string; totalBytes: number; completedBytes: number };
}

/** A model to be made of another one. */
export interface NewModel {
  name: string;
  from: string;
  system?: string;
  template?: string;
  parameters?: Readonly<Record<string, number | string | string[]>>;
}

/**
 * What a server lets us do with its models. Errors are those of a `Provider`; `model_not_found` too for a name that is in no
 * library. Aborting `signal` ends a call at once and throws `cancelled`.
 */
export interface ModelManager {
  readonly kind: ProviderKind;
  /** True where models are made of other ones, copied, and told apart by digests, as `create` and pins need it. */
  readonly makesModels?: boolean;

  /** Downloads a model. A download that was ended before goes on where it was; ends normally only when all is there. */
  pull(endpoint: Endpoint, model: string, signal: AbortSignal): AsyncIterable<PullStep>;

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

  /** Loads a model into memory; `keepAlive` is how long it stays there ("5m", seconds, or -1 for as long as it may). */
  load(
    endpoint: Endpoint,
    model: string,
    options: { keepAlive?: string | number; isForEmbeddings: boolean },
    signal: AbortSignal,
  ): Promise<void>;

  /** Takes a model out of memory. */
  unload(endpoint: Endpoint, model: string, signal: AbortSignal): Promise<void>;

  show(
    endpoint: Endpoint,
    model: string,
    signal: AbortSignal,
  ): Promise<Omit<ModelDetails, "nodeId" | "model">>;
}
