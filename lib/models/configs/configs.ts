import {
  changedFields,
  type ConfigContent,
  type ConfigDraft,
  type ConfigOrigin,
  FreshetError,
  type InheritedContent,
  looksLikeKeptCopy,
  type ModelConfig,
  type ModelInfo,
  type SaveConfigBody,
  withTag,
} from "../../shared/mod.ts";
import { type Principal, requireScope } from "../../access/mod.ts";
import { keys, sha256Hex, type Stored } from "../../store/mod.ts";
import type { Managed } from "../managed_node.ts";
import { type ConfigView, configView } from "./config_view.ts";
import { Creations, type CreationsOptions } from "./creations.ts";
import { parseParameters } from "./parameters.ts";
import {
  CONFIG,
  type ConfigRecord,
  CREATION,
  type CreationRecord,
  isCreating,
  VERSION,
  type VersionRecord,
} from "./records.ts";

/** What the configurations need. */
export interface ConfigsOptions extends CreationsOptions {
  /** What the nodes have, as known now. */
  models(principal: Principal): Promise<ReadonlyMap<string, readonly ModelInfo[]>>;
  /** Tells the pages that a configuration has other versions now, or is gone. */
  publishConfig(profileId: string, configId: string): void;
  /** Ends with the process, or after a time. */
  within(): AbortSignal;
}

interface Place {
  nodeId: string;
  model: string;
}

/** A node that is to have the model. */
interface Target extends Managed {
  models: readonly ModelInfo[];
}

/** A version to be written. */
interface NewVersion {
  content: ConfigContent;
  note: string;
  origin: ConfigOrigin;
  restoredFrom?: number;
}

/** By Ollama's types/model/name.go: host and namespace, a name, and a tag. */
const NAME = /^([\w][\w.:-]*\/)*[\w][\w.-]{0,79}:[\w][\w.-]{0,79}$/;

/**
 * Configurations of models: what a model is made of, each saving a version that never changes. A version is a record before
 * its server is asked, and each node's creation of it is one, so that nothing is lost with a page or a process.
 */
export class Configs {
  readonly #options: ConfigsOptions;
  readonly #creations: Creations;

  constructor(options: ConfigsOptions) {
    this.#options = options;
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
  async ids({ profileId }: Principal): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    for await (
      const { value } of this.#options.store.list(CONFIG, { prefix: keys.modelConfigs(profileId) })
    ) {
      ids.set(value.name, value.id);
    }
    return ids;
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
    const { value } = await this.#find(principal, id);
    return await this.#view(principal, value);
  }

  /** What the page of a model's configuration begins with. Throws `not_found`, `unsupported` and the errors of the server. */
  async draft(principal: Principal, at: Place): Promise<ConfigDraft> {
    requireScope(principal, "admin");
    const model = withTag(at.model);
    const managed = await this.#options.managed(principal, at.nodeId);
    const id = await idOf(model);
    const stored = await this.#options.store.get(CONFIG, keys.modelConfig(principal.profileId, id));
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

  async #inherited(principal: Principal, managed: Managed, base: string): Promise<InheritedContent> {
    const { node, manager, endpoint } = managed;
    const models = (await this.#options.models(principal)).get(node.id) ?? [];
    const copy = await this.#creations.bases.of(principal, node.id, base);
    const name = copy !== undefined && models.some(({ id }) => id === copy) ? copy : base;
    const { parameters, system, template } = await manager.show(endpoint, name, this.#options.within());
    return { parameters: parseParameters(parameters), system, template };
  }

  /**
   * Saves a version and begins to create it. Where the model is there already and was never configured, what it is becomes
   * version 1. The same content again changes nothing, but creates where that is not done. Throws `invalid_request`, and
   * `conflict` where somebody else has saved since `basedOn`.
   */
  async save(principal: Principal, body: SaveConfigBody): Promise<ModelConfig> {
    requireScope(principal, "admin");
    const name = nameOf(body.name);
    const content: ConfigContent = {
      base: withTag(body.base),
      parameters: body.parameters,
      system: body.system,
      template: body.template,
    };
    const targets = await this.#targets(principal, body.nodeIds, name, content.base);
    const id = await idOf(name);
    const stored = await this.#options.store.get(CONFIG, keys.modelConfig(principal.profileId, id));
    const latest = stored && await this.#version(principal, stored.value, stored.value.latest);
    const isSame = latest && changedFields(latest.content, content).length === 0;
    if (stored && isSame) return await this.#createMissing(principal, stored.value, latest, targets);
    if ((body.basedOn ?? stored?.value.latest ?? 0) !== (stored?.value.latest ?? 0)) throw saved();
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
    const stored = await this.#find(principal, id);
    const { content } = await this.#version(principal, stored.value, number);
    const wanted = nodeIds ?? await this.#nodesOf(principal, stored.value);
    const targets = await this.#targets(principal, wanted, stored.value.name, content.base);
    const version: NewVersion = { content, note: "", origin: "restored", restoredFrom: number };
    return await this.#add(principal, stored.value.name, stored, version, targets);
  }

  /** Creates the latest version again where that failed or was cut. Throws `conflict` where it is under way, or a newer one was saved. */
  async create(
    principal: Principal,
    id: string,
    number: number,
    nodeIds?: readonly string[],
  ): Promise<ModelConfig> {
    requireScope(principal, "admin");
    const { value } = await this.#find(principal, id);
    if (number !== value.latest) {
      throw new FreshetError("conflict", `Version ${number} is not the latest one`, {
        hint: "Roll back to it instead",
      });
    }
    const version = await this.#version(principal, value, number);
    const wanted = nodeIds ?? await this.#nodesOf(principal, value);
    const targets = await this.#targets(principal, wanted, value.name, version.content.base);
    for (const target of targets) await this.#createAgain(principal, value, version, target);
    return await this.#view(principal, value);
  }

  /** Forgets a configuration with its versions; the models stay. Throws `conflict` while one is created. */
  async remove(principal: Principal, id: string): Promise<void> {
    requireScope(principal, "admin");
    const { key, value } = await this.#find(principal, id);
    const { profileId } = principal;
    if ((await this.#creations.list(profileId, id)).some(isCreating)) {
      throw new FreshetError("conflict", `${value.name} is being created`);
    }
    const { store } = this.#options;
    for (let number = 1; number <= value.latest; number++) {
      await using transaction = store.transaction();
      await transaction.delete(keys.modelConfigVersion(profileId, id, number));
      await transaction.commit();
    }
    await store.deleteBelow(keys.modelCreations(profileId, id));
    await using transaction = store.transaction();
    await transaction.delete(key);
    await transaction.commit();
    this.#options.publishConfig(profileId, id);
  }

  async #add(
    principal: Principal,
    name: string,
    stored: Stored<ConfigRecord> | null,
    version: NewVersion,
    targets: readonly Target[],
  ): Promise<ModelConfig> {
    const { store, clock } = this.#options;
    const { profileId } = principal;
    const now = clock.now();
    const id = await idOf(name);
    const imported = stored ? undefined : await this.#import(principal, name, targets);
    const number = (stored?.value.latest ?? (imported ? 1 : 0)) + 1;
    const config: ConfigRecord = {
      id,
      name,
      latest: number,
      createdAt: stored?.value.createdAt ?? now,
      updatedAt: now,
    };
    const key = keys.modelConfig(profileId, id);
    await using transaction = store.transaction();
    transaction.operation.check({ key, versionstamp: stored?.versionstamp ?? null });
    await transaction.set(CONFIG, key, config);
    if (imported) await this.#writeImported(transaction, profileId, config, imported);
    const record: VersionRecord = { number, ...version, createdAt: now };
    await transaction.set(VERSION, keys.modelConfigVersion(profileId, id, number), record);
    const creations = targets.map(({ node }) => this.#newCreation(profileId, config, number, node));
    for (const creation of creations) {
      await transaction.set(CREATION, keys.modelCreation(profileId, id, number, creation.nodeId), creation);
    }
    const result = await transaction.commit();
    if (!result.ok) throw saved();
    for (const creation of creations) this.#creations.begin(creation, result.versionstamp, version.content);
    this.#options.publishConfig(profileId, id);
    return await this.#view(principal, config);
  }

  /** What is there under the name before Freshet makes the first model of it. */
  async #import(
    principal: Principal,
    name: string,
    targets: readonly Target[],
  ): Promise<{ content: ConfigContent; on: Target[] } | undefined> {
    const on = targets.filter(({ models }) => models.some(({ id }) => id === name));
    const [first] = on;
    if (!first) return undefined;
    const { manager, endpoint } = first;
    const { parameters, system, template } = await manager.show(endpoint, name, this.#options.within());
    return { content: { base: name, parameters: parseParameters(parameters), system, template }, on };
  }

  async #writeImported(
    transaction: ReturnType<ConfigsOptions["store"]["transaction"]>,
    profileId: string,
    config: ConfigRecord,
    { content, on }: { content: ConfigContent; on: Target[] },
  ): Promise<void> {
    const { id, createdAt } = config;
    const version: VersionRecord = { number: 1, content, note: "", origin: "imported", createdAt };
    await transaction.set(VERSION, keys.modelConfigVersion(profileId, id, 1), version);
    for (const { node, models } of on) {
      const digest = models.find((model) => model.id === config.name)?.digest;
      const creation: CreationRecord = {
        ...this.#newCreation(profileId, config, 1, node),
        state: "done",
        finishedAt: createdAt,
        ...(digest === undefined ? {} : { digest }),
      };
      await transaction.set(CREATION, keys.modelCreation(profileId, id, 1, node.id), creation);
    }
  }

  #newCreation(
    profileId: string,
    { id, name }: ConfigRecord,
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
    { profileId }: Principal,
    config: ConfigRecord,
    { number, content }: VersionRecord,
    { node }: Target,
  ): Promise<void> {
    const { store } = this.#options;
    const key = keys.modelCreation(profileId, config.id, number, node.id);
    const stored = await store.get(CREATION, key);
    if (stored && isCreating(stored.value)) {
      throw new FreshetError("conflict", `Version ${number} is being created on ${node.name}`);
    }
    const creation = this.#newCreation(profileId, config, number, node);
    await using transaction = store.transaction();
    transaction.operation.check({ key, versionstamp: stored?.versionstamp ?? null });
    await transaction.set(CREATION, key, creation);
    const result = await transaction.commit();
    if (!result.ok) throw saved();
    this.#creations.begin(creation, result.versionstamp, content);
  }

  /** The nodes that are to have the model, each with the base or what is kept of it. Throws `invalid_request`. */
  async #targets(
    principal: Principal,
    nodeIds: readonly string[],
    name: string,
    base: string,
  ): Promise<Target[]> {
    if (nodeIds.length === 0) {
      throw new FreshetError("invalid_request", "Choose a node", { field: "nodeIds" });
    }
    const known = await this.#options.models(principal);
    return await Promise.all([...new Set(nodeIds)].map(async (nodeId) => {
      const managed = await this.#options.managed(principal, nodeId);
      const models = known.get(nodeId) ?? [];
      const kept = base === name && await this.#creations.bases.of(principal, nodeId, base);
      if (!kept && !models.some(({ id }) => id === base)) {
        throw new FreshetError("invalid_request", `${managed.node.name} has no model ${base}`, {
          field: "base",
          hint: "Download it there, or choose other nodes",
        });
      }
      return { ...managed, models };
    }));
  }

  /** Where the latest version is, or was to be. */
  async #nodesOf({ profileId }: Principal, { id, latest }: ConfigRecord): Promise<string[]> {
    const creations = await this.#creations.list(profileId, id);
    return creations.filter(({ number }) => number === latest).map(({ nodeId }) => nodeId);
  }

  async #view(principal: Principal, config: ConfigRecord): Promise<ModelConfig> {
    const { store, models } = this.#options;
    const { profileId } = principal;
    const selector = { prefix: keys.modelConfigVersions(profileId, config.id) };
    const [versions, creations, known] = await Promise.all([
      Array.fromAsync(store.list(VERSION, selector), ({ value }) => value),
      this.#creations.list(profileId, config.id),
      models(principal),
    ]);
    const parts: ConfigView = { config, versions, creations, models: known };
    return configView(parts);
  }

  async #version({ profileId }: Principal, { id }: ConfigRecord, number: number): Promise<VersionRecord> {
    const stored = await this.#options.store.get(VERSION, keys.modelConfigVersion(profileId, id, number));
    if (stored) return stored.value;
    throw new FreshetError("not_found", "There is no such version");
  }

  async #find({ profileId }: Principal, id: string): Promise<Stored<ConfigRecord>> {
    const stored = await this.#options.store.get(CONFIG, keys.modelConfig(profileId, id));
    if (stored) return stored;
    throw new FreshetError("not_found", "There is no such configuration");
  }
}

/** Of its name, so that two that are saved at once cannot both be made. */
async function idOf(name: string): Promise<string> {
  return (await sha256Hex(new TextEncoder().encode(name))).slice(0, 24);
}

function nameOf(wanted: string): string {
  const name = withTag(wanted);
  if (!NAME.test(name)) {
    throw new FreshetError(
      "invalid_request",
      "Name the model in letters, digits, dots and hyphens, such as mine:v1",
      {
        field: "name",
      },
    );
  }
  if (looksLikeKeptCopy(name)) {
    throw new FreshetError("invalid_request", "Names that end so are for the copies that Freshet keeps", {
      field: "name",
    });
  }
  return name;
}

function saved(): FreshetError {
  return new FreshetError("conflict", "The configuration was saved at the same time", {
    hint: "Load the page anew to see the newer version",
  });
}
