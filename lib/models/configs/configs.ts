import {
  type ConfigContent,
  type ConfigDraft,
  FreshetError,
  type InheritedContent,
  type ModelConfig,
  type ModelInfo,
  type SaveConfigBody,
  withTag,
} from "../../shared/mod.ts";
import { changedFields } from "../../shared/model_configs/mod.ts";
import { type Principal, requireScope } from "../../access/mod.ts";
import type { Stored } from "../../store/mod.ts";
import type { Managed } from "../managed_node.ts";
import { configIdOf, nameOf } from "./config_name.ts";
import { ConfigStore, savedMeanwhile } from "./config_store.ts";
import { configView } from "./config_view.ts";
import { Creations, type CreationsOptions } from "./creations.ts";
import { parseParameters } from "./parameters.ts";
import { type ConfigRecord, isCreating, type VersionRecord } from "./records.ts";
import { findTargets, type Target } from "./targets.ts";
import { type NewVersion, VersionWriter } from "./version_writer.ts";

/** What the configurations need. */
export interface ConfigsOptions extends CreationsOptions {
  /** What the nodes have, as known now. */
  models(): Promise<ReadonlyMap<string, readonly ModelInfo[]>>;
  /** Tells the pages that a configuration has other versions now, or is gone. */
  publishConfig(configId: string): void;
  /** Ends with the process, or after a time. */
  within(): AbortSignal;
}

/** A model on one of the nodes. */
interface Place {
  nodeId: string;
  model: string;
}

/**
 * Configurations of models: what a model is made of, each saving a version that never changes. A version is a record before
 * its server is asked, and each node's creation of it is one, so that nothing is lost with a page or a process.
 */
export class Configs {
  readonly #options: ConfigsOptions;
  readonly #store: ConfigStore;
  readonly #creations: Creations;
  readonly #writer: VersionWriter;

  constructor(options: ConfigsOptions) {
    this.#options = options;
    this.#store = new ConfigStore(options.store);
    this.#creations = new Creations(options);
    this.#writer = new VersionWriter({ ...options, records: this.#store, creations: this.#creations });
  }

  /** Finds creations that the last process left. */
  start(): Promise<void> {
    return this.#creations.start();
  }

  /** Ends what is under way. */
  close(): Promise<void> {
    return this.#creations.close();
  }

  /** The ids of the configurations by the names of what they make. */
  ids(): Promise<Map<string, string>> {
    return this.#store.ids();
  }

  /** All configurations with their versions, the one changed last first. */
  async list(principal: Principal): Promise<ModelConfig[]> {
    requireScope(principal, "admin");
    const ids = [...(await this.ids()).values()];
    const configs = await Promise.all(ids.map((id) => this.get(principal, id)));
    return configs.sort((a, b) => b.updatedAt - a.updatedAt);
  }

  /** A configuration with all its versions. Throws `not_found`. */
  async get(principal: Principal, id: string): Promise<ModelConfig> {
    requireScope(principal, "admin");
    return await this.#view((await this.#store.find(id)).value);
  }

  /** What the page of a model's configuration begins with. Throws `not_found`, `unsupported` and the errors of the server. */
  async draft(principal: Principal, at: Place): Promise<ConfigDraft> {
    requireScope(principal, "admin");
    const model = withTag(at.model);
    const managed = await this.#options.managed(at.nodeId);
    const stored = await this.#store.get(await configIdOf(model));
    const config = stored ? await this.#view(stored.value) : null;
    const content = config?.versions[0]?.content ?? { base: model, parameters: {}, system: "", template: "" };
    const inherited = await this.#inherited(managed, content.base);
    return { model, nodeId: at.nodeId, config, content, inherited };
  }

  /** What a base brings along; of a model that Freshet has changed, what it was before. Throws like `draft`. */
  async base(principal: Principal, { nodeId, model }: Place): Promise<InheritedContent> {
    requireScope(principal, "admin");
    return await this.#inherited(await this.#options.managed(nodeId), withTag(model));
  }

  /**
   * Saves a version and begins to create it. Where the model is there already and was never configured, what it is becomes
   * version 1. The same content again changes nothing, but creates where that is not done. Throws `invalid_request`, and
   * `conflict` where somebody else has saved since `basedOn`.
   */
  async save(principal: Principal, body: SaveConfigBody): Promise<ModelConfig> {
    requireScope(principal, "admin");
    const name = nameOf(body.name);
    const { parameters, system, template } = body;
    const content: ConfigContent = { base: withTag(body.base), parameters, system, template };
    const targets = await this.#targets(body.nodeIds, name, content);
    const id = await configIdOf(name);
    const stored = await this.#store.get(id);
    const seen = stored?.value.latest ?? 0;
    const latest = stored && await this.#store.version(id, seen);
    if (stored && latest && changedFields(latest.content, content).length === 0) {
      return await this.#createMissing(stored.value, latest, targets);
    }
    if ((body.basedOn ?? seen) !== seen) throw savedMeanwhile();
    const version: NewVersion = { content, note: body.note?.trim() ?? "", origin: "saved" };
    return await this.#add(name, stored, version, targets);
  }

  /** Makes an older version's content the newest one, on the nodes that are named or those that had the latest. Throws `not_found`. */
  async restore(
    principal: Principal,
    id: string,
    number: number,
    nodeIds?: readonly string[],
  ): Promise<ModelConfig> {
    requireScope(principal, "admin");
    const stored = await this.#store.find(id);
    const { name } = stored.value;
    const { content } = await this.#store.version(id, number);
    const wanted = nodeIds ?? await this.#nodesOf(stored.value);
    const targets = await this.#targets(wanted, name, content);
    const version: NewVersion = { content, note: "", origin: "restored", restoredFrom: number };
    return await this.#add(name, stored, version, targets);
  }

  /** Creates the latest version again where that failed or was cut. Throws `conflict` where it is under way, or a newer one was saved. */
  async create(
    principal: Principal,
    id: string,
    number: number,
    nodeIds?: readonly string[],
  ): Promise<ModelConfig> {
    requireScope(principal, "admin");
    const { value } = await this.#store.find(id);
    if (number !== value.latest) {
      throw new FreshetError("conflict", `Version ${number} is not the latest one`, {
        hint: "Roll back to it instead",
      });
    }
    const version = await this.#store.version(id, number);
    const wanted = nodeIds ?? await this.#nodesOf(value);
    const targets = await this.#targets(wanted, value.name, version.content);
    for (const target of targets) await this.#writer.createAgain(value, version, target);
    return await this.#view(value);
  }

  /** Forgets a configuration with its versions; the models stay. Throws `conflict` while one is created. */
  async remove(principal: Principal, id: string): Promise<void> {
    requireScope(principal, "admin");
    const { value } = await this.#store.find(id);
    if ((await this.#creations.list(id)).some(isCreating)) {
      throw new FreshetError("conflict", `${value.name} is being created`);
    }
    await this.#store.remove(value);
    this.#options.publishConfig(id);
  }

  async #inherited(managed: Managed, base: string): Promise<InheritedContent> {
    const { node, manager, endpoint } = managed;
    const models = (await this.#options.models()).get(node.id) ?? [];
    const copy = await this.#creations.bases.of(node.id, base);
    const name = copy !== undefined && models.some(({ id }) => id === copy) ? copy : base;
    const { parameters, system, template } = await manager.show(endpoint, name, this.#options.within());
    return { parameters: parseParameters(parameters), system, template };
  }

  async #add(
    name: string,
    before: Stored<ConfigRecord> | null,
    version: NewVersion,
    targets: readonly Target[],
  ): Promise<ModelConfig> {
    const config = await this.#writer.add(name, before, version, targets);
    this.#options.publishConfig(config.id);
    return await this.#view(config);
  }

  /** What a repeated request comes to. */
  async #createMissing(
    config: ConfigRecord,
    version: VersionRecord,
    targets: readonly Target[],
  ): Promise<ModelConfig> {
    const view = await this.#view(config);
    const [latest] = view.versions;
    const isThere = (nodeId: string) =>
      latest?.activeOn.includes(nodeId) ||
      latest?.creations.some((creation) => creation.nodeId === nodeId && isCreating(creation));
    const missing = targets.filter(({ node }) => !isThere(node.id));
    for (const target of missing) await this.#writer.createAgain(config, version, target);
    return missing.length === 0 ? view : await this.#view(config);
  }

  #targets(
    nodeIds: readonly string[],
    name: string,
    { base }: ConfigContent,
  ): Promise<Target[]> {
    const { managed, models } = this.#options;
    return findTargets({ bases: this.#creations.bases, managed, models }, nodeIds, { name, base });
  }

  /** Where the latest version is, or was to be. */
  async #nodesOf({ id, latest }: ConfigRecord): Promise<string[]> {
    const creations = await this.#creations.list(id);
    return creations.filter(({ number }) => number === latest).map(({ nodeId }) => nodeId);
  }

  async #view(config: ConfigRecord): Promise<ModelConfig> {
    const [versions, creations, models] = await Promise.all([
      this.#store.versions(config.id),
      this.#creations.list(config.id),
      this.#options.models(),
    ]);
    return configView({ config, versions, creations, models });
  }
}
