import {
  FreshetError,
  type GalleryPage,
  type ModelConfiguration,
  type ModelServer,
  type ModelServerEntry,
  type NodeView,
  type ProfileEvent,
  type ProviderKind,
  type ServerBackend,
  type ServerJob,
  type ServerSurvey,
  type SettingValues,
} from "../../shared/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import { type Principal, requireScope } from "../../access/mod.ts";
import type { Nodes } from "../../nodes/mod.ts";
import type { ModelFiles, ModelGallery, ModelManager } from "../../providers/mod.ts";
import type { NodeTold } from "../installed.ts";
import { HOUSE } from "../house.ts";
import { type Managed, requireAbility } from "../managed_node.ts";
import { isForEmbeddings, nodeModels } from "../node_models.ts";
import { checkedChanges, checkedSettings } from "./checked_settings.ts";

/** Loading a large model from a slow disk takes minutes. */
const LOAD_TIMEOUT_MS = 10 * 60_000;
const ASK_TIMEOUT_MS = 30_000;
const FRESH_MS = 30_000;
const GALLERY_LIMIT = 40;

/** What the servers need. */
export interface ModelServersOptions {
  clock: Clock;
  log: Log;
  nodes: Nodes;
  managers: ReadonlyMap<ProviderKind, ModelManager>;
  feed: { publish(profileId: string, event: ProfileEvent): void };
  /** The node with what manages its models. Throws `not_found` and `unsupported`. */
  managed(principal: Principal, nodeId: string): Promise<Managed>;
}

interface Known extends NodeTold {
  at: number;
}

/**
 * The servers whose models are managed over an API of their own: what each can do by its kind and its version, what it has in
 * memory, and its gallery, backends and files of settings where it has such.
 */
export class ModelServers {
  readonly #options: ModelServersOptions;
  /** By node. */
  readonly #known = new Map<string, Known>();
  readonly #asking = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();

  constructor(options: ModelServersOptions) {
    this.#options = options;
  }

  /**
   * What is known of a node, at once. Of servers that have to be asked it is what their kind can at most until they have
   * answered; they are asked in the background, and a difference is told to the pages.
   */
  told(principal: Principal, view: NodeView): NodeTold {
    const manager = this.#options.managers.get(view.kind);
    if (!manager) return { can: [] };
    const known = this.#known.get(view.id);
    const isOnline = view.enabled && view.health.status !== "offline";
    const isOld = known === undefined || this.#options.clock.now() - known.at > FRESH_MS;
    if (manager.survey && isOnline && isOld) this.#askInBackground(principal, view.id);
    return known ?? { can: [...manager.can] };
  }

  /** Asks a server anew after its models were changed; what it does not tell is asked for again later. */
  async renew(principal: Principal, nodeId: string): Promise<void> {
    const { manager } = await this.#options.managed(principal, nodeId);
    if (!manager.survey) return;
    try {
      await this.#survey(principal, nodeId);
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      this.#known.delete(nodeId);
    }
  }

  /** The servers that can be surveyed. */
  async list(principal: Principal): Promise<ModelServerEntry[]> {
    const { nodes, managers } = this.#options;
    const views = await nodes.catalog.views(principal);
    return views.filter(({ kind }) => managers.get(kind)?.survey !== undefined).map((view) => ({
      nodeId: view.id,
      name: view.name,
      kind: view.kind,
      isOnline: view.enabled && view.health.status !== "offline",
    }));
  }

  /** Asks a server what it has and can. Throws `not_found`, `unsupported` and the errors of the server. */
  async survey(principal: Principal, nodeId: string): Promise<ModelServer> {
    requireScope(principal, "admin");
    const { node, survey } = await this.#survey(principal, nodeId);
    return { ...survey, nodeId, name: node.name, kind: node.kind };
  }

  /** Loads a model with settings of those that the survey names for it. Throws `invalid_request` for other ones. */
  async load(principal: Principal, nodeId: string, model: string, settings: SettingValues): Promise<void> {
    requireScope(principal, "admin");
    const { survey, manager, endpoint } = await this.#survey(principal, nodeId);
    const found = survey.models.find(({ id }) => id === model);
    if (!found) throw new FreshetError("model_not_found", `The server has no model ${model}`);
    if (!survey.can.includes("load")) throw tooOld();
    const checked = checkedSettings(settings, found.fields);
    const models = (await nodeModels(this.#options.nodes, principal)).get(nodeId);
    const options = {
      isForEmbeddings: isForEmbeddings(models?.find(({ id }) => id === model)),
      settings: checked,
    };
    await manager.load(endpoint, model, options, this.#within(LOAD_TIMEOUT_MS));
    await this.#changed(principal, nodeId);
  }

  /** Takes a model out of memory. */
  async unload(principal: Principal, nodeId: string, model: string): Promise<void> {
    requireScope(principal, "admin");
    const managed = await this.#options.managed(principal, nodeId);
    requireAbility(managed, "unload");
    await managed.manager.unload(managed.endpoint, model, this.#within(ASK_TIMEOUT_MS));
    await this.#changed(principal, nodeId);
  }

  /** The models of a server's galleries that have every word. */
  async gallery(principal: Principal, nodeId: string, query: string): Promise<GalleryPage> {
    const { gallery, endpoint } = await this.#gallery(principal, nodeId);
    return await gallery.search(endpoint, query, GALLERY_LIMIT, this.#within(ASK_TIMEOUT_MS));
  }

  async backends(principal: Principal, nodeId: string): Promise<ServerBackend[]> {
    const { gallery, endpoint } = await this.#gallery(principal, nodeId);
    return await gallery.backends(endpoint, this.#within(ASK_TIMEOUT_MS));
  }

  /** Begins to install a backend, or to delete one; resolves to its job. */
  async changeBackend(
    principal: Principal,
    nodeId: string,
    name: string,
    change: "install" | "delete",
  ): Promise<ServerJob> {
    const { gallery, endpoint } = await this.#gallery(principal, nodeId);
    const signal = this.#within(ASK_TIMEOUT_MS);
    const id = change === "install"
      ? await gallery.installBackend(endpoint, name, signal)
      : await gallery.deleteBackend(endpoint, name, signal);
    return { id, state: "running", message: "", percent: 0 };
  }

  /** How far a job of a backend is. Throws `not_found` where the server knows nothing of it any more. */
  async backendJob(principal: Principal, nodeId: string, id: string): Promise<ServerJob> {
    const { gallery, endpoint } = await this.#gallery(principal, nodeId);
    return await gallery.backendJob(endpoint, id, this.#within(ASK_TIMEOUT_MS));
  }

  /** The settings in a model's file. */
  async configuration(principal: Principal, nodeId: string, model: string): Promise<ModelConfiguration> {
    const { files, endpoint } = await this.#files(principal, nodeId);
    return await files.read(endpoint, model, this.#within(ASK_TIMEOUT_MS));
  }

  /** Changes settings in a model's file; null takes one out. Throws `invalid_request` for what the file does not take. */
  async configure(
    principal: Principal,
    nodeId: string,
    model: string,
    changes: Readonly<Record<string, number | string | boolean | null>>,
  ): Promise<ModelConfiguration> {
    const { files, endpoint } = await this.#files(principal, nodeId);
    const { fields } = await files.read(endpoint, model, this.#within(ASK_TIMEOUT_MS));
    await files.write(endpoint, model, checkedChanges(changes, fields), this.#within(ASK_TIMEOUT_MS));
    return await files.read(endpoint, model, this.#within(ASK_TIMEOUT_MS));
  }

  /** Ends the questions under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#asking.values());
  }

  async #survey(principal: Principal, nodeId: string): Promise<Managed & { survey: ServerSurvey }> {
    const managed = await this.#options.managed(principal, nodeId);
    const { manager, endpoint } = managed;
    if (!manager.survey) {
      throw new FreshetError("unsupported", `${managed.node.name} is managed on the page of its models`);
    }
    const survey = await manager.survey(endpoint, this.#within(ASK_TIMEOUT_MS));
    const loaded = new Set(survey.models.filter((model) => model.loaded.length > 0).map(({ id }) => id));
    this.#known.set(nodeId, { at: this.#options.clock.now(), can: survey.can, loaded });
    return { ...managed, survey };
  }

  #askInBackground(principal: Principal, nodeId: string): void {
    if (this.#closing.signal.aborted || this.#asking.has(nodeId)) return;
    const before = this.#known.get(nodeId);
    const asking = this.#survey(principal, nodeId).then(() => {
      if (!isSame(before, this.#known.get(nodeId))) {
        this.#options.feed.publish(HOUSE, { type: "nodes:changed" });
      }
    }, (error) => {
      // Asked again at the next look, but not at once.
      if (before) this.#known.set(nodeId, { ...before, at: this.#options.clock.now() });
      if (!(error instanceof FreshetError)) {
        this.#options.log.of("models").error("Cannot ask a server what it can", { error });
      }
    }).finally(() => this.#asking.delete(nodeId));
    this.#asking.set(nodeId, asking);
  }

  async #gallery(principal: Principal, nodeId: string): Promise<Managed & { gallery: ModelGallery }> {
    requireScope(principal, "admin");
    const managed = await this.#options.managed(principal, nodeId);
    requireAbility(managed, "gallery");
    const { gallery } = managed.manager;
    if (!gallery) throw tooOld();
    return { ...managed, gallery };
  }

  async #files(principal: Principal, nodeId: string): Promise<Managed & { files: ModelFiles }> {
    requireScope(principal, "admin");
    const managed = await this.#options.managed(principal, nodeId);
    requireAbility(managed, "configure");
    const { files } = managed.manager;
    if (!files) throw tooOld();
    return { ...managed, files };
  }

  /** What was known is asked for anew, and the node's list with it. */
  async #changed(principal: Principal, nodeId: string): Promise<void> {
    await this.#survey(principal, nodeId);
    await this.#options.nodes.catalog.renew(principal, nodeId);
    this.#options.feed.publish(HOUSE, { type: "nodes:changed" });
  }

  #within(ms: number): AbortSignal {
    return AbortSignal.any([this.#closing.signal, AbortSignal.timeout(ms)]);
  }
}

function isSame(a: NodeTold | undefined, b: NodeTold | undefined): boolean {
  const words = (told: NodeTold | undefined) => JSON.stringify([told?.can, [...told?.loaded ?? []]]);
  return words(a) === words(b);
}

function tooOld(): FreshetError {
  return new FreshetError("unsupported", "This version of the server has no call for that", {
    hint: "A newer version may have one",
  });
}
