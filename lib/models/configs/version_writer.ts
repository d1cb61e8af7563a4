import type { ConfigContent, ConfigOrigin } from "../../shared/mod.ts";
import type { Clock } from "../../host/mod.ts";
import type { Store, Stored } from "../../store/mod.ts";
import type { Managed } from "../managed_node.ts";
import { configIdOf } from "./config_name.ts";
import type { ConfigStore } from "./config_store.ts";
import type { Creations } from "./creations.ts";
import { parseParameters } from "./parameters.ts";
import { type ConfigRecord, type CreationRecord, isCreating, type VersionRecord } from "./records.ts";
import type { Target } from "./targets.ts";

/** A version to be written. */
export interface NewVersion {
  content: ConfigContent;
  note: string;
  origin: ConfigOrigin;
  restoredFrom?: number;
}

/** What writing versions needs. */
export interface VersionWriterOptions {
  store: Store;
  clock: Clock;
  records: ConfigStore;
  creations: Creations;
  /** Ends with the process, or after a time. */
  within(): AbortSignal;
}

/** Writes versions, and begins to create them: each creation is a record in the commit of its version. */
export class VersionWriter {
  readonly #options: VersionWriterOptions;

  constructor(options: VersionWriterOptions) {
    this.#options = options;
  }

  /** Adds a version to a configuration, or begins one. Throws `conflict` where somebody has written since `before` was read. */
  async add(
    name: string,
    before: Stored<ConfigRecord> | null,
    version: NewVersion,
    targets: readonly Target[],
  ): Promise<ConfigRecord> {
    const { clock, records, creations: running } = this.#options;
    const now = clock.now();
    const id = await configIdOf(name);
    const found = before ? undefined : await this.#import(id, name, targets);
    const number = (before?.value.latest ?? (found ? 1 : 0)) + 1;
    const config: ConfigRecord = {
      id,
      name,
      latest: number,
      createdAt: before?.value.createdAt ?? now,
      updatedAt: now,
    };
    const creations = targets.map(({ node }) => this.#newCreation(config, number, node));
    const versionstamp = await records.write({
      config,
      before,
      versions: [...found ? [found.version] : [], { number, ...version, createdAt: now }],
      creations: [...found?.creations ?? [], ...creations],
    });
    for (const creation of creations) running.begin(creation, versionstamp, version.content);
    return config;
  }

  /** Begins to create a version once more. Throws `conflict` where that is under way. */
  async createAgain(
    config: ConfigRecord,
    { number, content }: VersionRecord,
    { node }: Target,
  ): Promise<void> {
    const { records, creations } = this.#options;
    const creation = this.#newCreation(config, number, node);
    const versionstamp = await records.writeCreation(creation, (old) => !isCreating(old));
    creations.begin(creation, versionstamp, content);
  }

  /** What is there under the name before Freshet makes the first model of it, as version 1. */
  async #import(
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
          ...this.#newCreation({ id, name }, 1, target.node),
          state: "done",
          finishedAt: createdAt,
          ...(digest === undefined ? {} : { digest }),
        };
      }),
    };
  }

  #newCreation(
    { id, name }: Pick<ConfigRecord, "id" | "name">,
    number: number,
    node: Managed["node"],
  ): CreationRecord {
    const { store, clock } = this.#options;
    const now = clock.now();
    return {
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
}
