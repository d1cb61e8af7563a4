import {
  type ConfigContent,
  type ConfigDraft,
  type ConfigOrigin,
  FreshetError,
  type InheritedContent,
  type ModelConfig,
  type ModelInfo,
  type SaveConfigBody,
  withTag,
} from "../../shared/mod.ts";
import { changedFields } from "../../shared/model_configs/mod.ts";
import { houseOf, type Principal, requireScope } from "../../access/mod.ts";
import type { Stored } from "../../store/mod.ts";
import type { Managed } from "../managed_node.ts";
import { configIdOf, nameOf } from "./config_name.ts";
import { ConfigStore, savedMeanwhile } from "./config_store.ts";
import { configView } from "./config_view.ts";
import { Creations, type CreationsOptions } from "./creations.ts";
import { parseParameters } from "./parameters.ts";
import { type ConfigRecord, type CreationRecord, isCreating, type VersionRecord } from "./records.ts";
import { findTargets, type Target } from "./targets.ts";

/** What the configurations need. */
export interface ConfigsOptions extends CreationsOptions {
  /** What the nodes have, as known now. */
  models(principal: Principal): Promise<ReadonlyMap<string, readonly ModelInfo[]>>;
  /** Tells the pages that a configuration has other versions now, or is gone. */
  publishConfig(profileId: string, configId: string): void;
  /** Ends with the process, or after a time. */
  within(): AbortSignal;
}

/** A model on one of the nodes. */
interface Place {
  nodeId: string;
  model: string;
}

/** A version to be written. */
interface NewVersion {
  content: ConfigContent;
  note: string;
  origin: ConfigOrigin;
  restoredFrom?: number;
}

/**
 * Configurations of models: what a model is made of, each saving a version that never changes. A version is a record before
 * its server is asked, and each node's creation of it is one, so that nothing is lost with a page or a process.
 */
export class Configs {
  readonly #options: ConfigsOptions;
  readonly #store: ConfigStore;
  readonly #creations: Creations;

  constructor(options: ConfigsOptions) {
    this.#options = options;
    this.#store = new ConfigStore(options.store);
    this.#creations = new Creations(options);
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
  ids(principal: Principal): Promise<Map<string, string>> {
    const { profileId } = houseOf(principal);
    return this.#store.ids(profileId);
  }

  /** All configurations with their versions, the one changed last first. */
  async list(principal: Principal): Promise<ModelConfig[]> {
    requireScope(principal, "admin");
    const ids = [...(await this.ids(principal)).values()];
    const configs = await Promise.all(ids.map((id) => this.get(principal, id)));
    return configs.sort((a, b) => b.updatedAt - a.updatedAt);
  }

  /** A configuration with all its versions. Throws `not_found`. */
  async get(principal: Principal, id: string): Promise<ModelConfig> {
    requireScope(principal, "admin");
    return await this.#view(principal, (await this.#store.find(houseOf(principal).profileId, id)).value);
  }

  /** What the page of a model's configuration begins with. Throws `not_found`, `unsupported` and the errors of the server. */
  async draft(principal: Principal, at: Place): Promise<ConfigDraft> {
    requireScope(principal, "admin");
    const model = withTag(at.model);
    const managed = await this.#options.managed(principal, at.nodeId);
    const stored = await this.#store.get(houseOf(principal).profileId, await configIdOf(model));
    const config = stored ? await this.#view(principal, stored.value) : null;
    const content = config?.versions[0]?.content ?? { base: model, parameters: {}, system: "", template: "" };
    const inherited = await this.#inherited(principal, managed, content.base);
    return { model, nodeId: at.nodeId, config, content, inherited };
  }

  /** What a base brings along; of a model that Freshet has changed, what it was before. Throws like `draft`. */
  async base(principal: Principal, { nodeId, model }: Place): Promise<InheritedContent> {
    requireScope(principal, "admin");
    return await this.#inherited(principal, await this.#options.managed(principal, nodeId), withTag(model));
  }

  /**
   * Saves a version and begins to create it. Where the model is there already and was never configured, what it is becomes
   * version 1. The same content again changes nothing, but creates where that is not done. Throws `invalid_request`, and
   * `conflict` where somebody else has saved since `basedOn`.
   */
  async save(principal: Principal, body: SaveConfigBody): Promise<ModelConfig> {
    requireScope(principal, "admin");
    const { profileId } = houseOf(principal);
    const name = nameOf(body.name);
    const { parameters, system, template } = body;
    const content: ConfigContent = { base: withTag(body.base), parameters, system, template };
    const targets = await this.#targets(principal, body.nodeIds, name, content);
    const id = await configIdOf(name);
    const stored = await this.#store.get(profileId, id);
    const seen = stored?.value.latest ?? 0;
    const latest = stored && await this.#store.version(profileId, id, seen);
    if (stored && latest && changedFields(latest.content, content).length === 0) {
      return await this.#createMissing(principal, stored.value, latest, targets);
    }
    if ((body.basedOn ?? seen) !== seen) throw savedMeanwhile();
    const version: NewVersion = { content, note: body.note?.trim() ?? "", origin: "saved" };
    return await this.#add(principal, name, stored, version, targets);
  }

  /** Makes an older version's content the newest one, on the nodes that are named or those that had the latest. Throws `not_found`. */
  async restore(
    principal: Principal,
    id: string,
    number: number,
    nodeIds?: readonly string[],
  ): Promise<ModelConfig> {
    requireScope(principal, "admin");
    const stored = await this.#store.find(houseOf(principal).profileId, id);
    const { name } = stored.value;
    const { content } = await this.#store.version(houseOf(principal).profileId, id, number);
    const wanted = nodeIds ?? await this.#nodesOf(principal, stored.value);
    const targets = await this.#targets(principal, wanted, name, content);
    const version: NewVersion = { content, note: "", origin: "restored", restoredFrom: number };
    return await this.#add(principal, name, stored, version, targets);
  }

  /** Creates the latest version again where that failed or was cut. Throws `conflict` where it is under way, or a newer one was saved. */
  async create(
    principal: Principal,
    id: string,
    number: number,
    nodeIds?: readonly string[],
  ): Promise<ModelConfig> {
    requireScope(principal, "admin");
    const { value } = await this.#store.find(houseOf(principal).profileId, id);
    if (number !== value.latest) {
      throw new FreshetError("conflict", `Version ${number} is not the latest one`, {
        hint: "Roll back to it instead",
      });
    }
    const version = await this.#store.version(houseOf(principal).profileId, id, number);
    const wanted = nodeIds ?? await this.#nodesOf(principal, value);
    const targets = await this.#targets(principal, wanted, value.name, version.content);
    for (const target of targets) await this.#createAgain(principal, value, version, target);
    return await this.#view(principal, value);
  }

  /** Forgets a configuration with its versions; the models stay. Throws `conflict` while one is created. */
  async remove(principal: Principal, id: string): Promise<void> {
    requireScope(principal, "admin");
    const { profileId } = houseOf(principal);
    const { value } = await this.#store.find(profileId, id);
    if ((await this.#creations.list(profileId, id)).some(isCreating)) {
      throw new FreshetError("conflict", `${value.name} is being created`);
    }
    await this.#store.remove(profileId, value);
    this.#options.publishConfig(profileId, id);
  }

  async #inherited(principal: Principal, managed: Managed, base: string): Promise<InheritedContent> {
    const { node, manager, endpoint } = managed;
    const models = (await this.#options.models(principal)).get(node.id) ?? [];
    const copy = await this.#creations.bases.of(principal, node.id, base);
    const name = copy !== undefined && models.some(({ id }) => id === copy) ? copy : base;
    const { parameters, system, template } = await manager.show(endpoint, name, this.#options.within());
    return { parameters: parseParameters(parameters), system, template };
  }

  async #add(
    principal: Principal,
    name: string,
    before: Stored<ConfigRecord> | null,
    version: NewVersion,
    targets: readonly Target[],
  ): Promise<ModelConfig> {
    const { profileId } = houseOf(principal);
    const now = this.#options.clock.now();
    const id = await configIdOf(name);
    const found = before ? undefined : await this.#import(profileId, id, name, targets);
    const number = (before?.value.latest ?? (found ? 1 : 0)) + 1;
    const config: ConfigRecord = {
      id,
      name,
      latest: number,
      createdAt: before?.value.createdAt ?? now,
      updatedAt: now,
    };
    const creations = targets.map(({ node }) => this.#newCreation(profileId, config, number, node));
    const versionstamp = await this.#store.write(profileId, {
      config,
      before,
      versions: [...found ? [found.version] : [], { number, ...version, createdAt: now }],
      creations: [...found?.creations ?? [], ...creations],
    });
    for (const creation of creations) this.#creations.begin(creation, versionstamp, version.content);
    this.#options.publishConfig(profileId, id);
    return await this.#view(principal, config);
  }

  /** What is there under the name before Freshet makes the first model of it, as version 1. */
  async #import(
    profileId: string,
    id: string,
    name: string,
    targets: readonly Target[],
  ): Promise<{ version: VersionRecord; creations: CreationRecord[] } | undefined> {
    const infoAt = ({ models }: Target) => models.find((model) => model.id === name);
    const on = targets.filter((target) => infoAt(target) !== undefined);
    const [first] = on;
    if (!first) return undefined;
    const { manager, endpoint } = first;
    const { parameters, system, template } = await manager.show(endpoint, name, this.#options.within());
    const content = { base: name, parameters: parseParameters(parameters), system, template };
    const createdAt = this.#options.clock.now();
    return {
      version: { number: 1, content, note: "", origin: "imported", createdAt },
      creations: on.map((target): CreationRecord => {
        const digest = infoAt(target)?.digest;
        return {
          ...this.#newCreation(profileId, { id, name }, 1, target.node),
          state: "done",
          finishedAt: createdAt,
          ...(digest === undefined ? {} : { digest }),
        };
      }),
    };
  }

  #newCreation(
    profileId: string,
    { id, name }: Pick<ConfigRecord, "id" | "name">,
    number: number,
    node: Managed["node"],
  ): CreationRecord {
    const { store, clock } = this.#options;
    const now = clock.now();
    return {
      profileId,
      ownerId: store.processId,
      configId: id,
      name,
      number,
      nodeId: node.id,
      nodeName: node.name,
      state: "waiting",
      phase: "",
      startedAt: now,
      updatedAt: now,
    };
  }

  /** What a repeated request comes to. */
  async #createMissing(
    principal: Principal,
    config: ConfigRecord,
    version: VersionRecord,
    targets: readonly Target[],
  ): Promise<ModelConfig> {
    const view = await this.#view(principal, config);
    const [latest] = view.versions;
    const isThere = (nodeId: string) =>
      latest?.activeOn.includes(nodeId) ||
      latest?.creations.some((creation) => creation.nodeId === nodeId && isCreating(creation));
    const missing = targets.filter(({ node }) => !isThere(node.id));
    for (const target of missing) await this.#createAgain(principal, config, version, target);
    return missing.length === 0 ? view : await this.#view(principal, config);
  }

  async #createAgain(
    principal: Principal,
    config: ConfigRecord,
    { number, content }: VersionRecord,
    { node }: Target,
  ): Promise<void> {
    const { profileId } = houseOf(principal);
    const creation = this.#newCreation(profileId, config, number, node);
    const versionstamp = await this.#store.writeCreation(creation, (old) => !isCreating(old));
    this.#creations.begin(creation, versionstamp, content);
  }

  #targets(
    principal: Principal,
    nodeIds: readonly string[],
    name: string,
    { base }: ConfigContent,
  ): Promise<Target[]> {
    const { managed, models } = this.#options;
    return findTargets({ bases: this.#creations.bases, managed, models }, principal, nodeIds, { name, base });
  }

  /** Where the latest version is, or was to be. */
  async #nodesOf(principal: Principal, { id, latest }: ConfigRecord): Promise<string[]> {
    const { profileId } = houseOf(principal);
    const creations = await this.#creations.list(profileId, id);
    return creations.filter(({ number }) => number === latest).map(({ nodeId }) => nodeId);
  }

  async #view(principal: Principal, config: ConfigRecord): Promise<ModelConfig> {
    const { profileId } = houseOf(principal);
    const [versions, creations, models] = await Promise.all([
      this.#store.versions(profileId, config.id),
      this.#creations.list(profileId, config.id),
      this.#options.models(principal),
    ]);
    return configView({ config, versions, creations, models });
  }
}
