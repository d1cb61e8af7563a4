import { FreshetError, newId, type NodeInfo, type NodeOrigin, type ProviderKind } from "../shared/mod.ts";
import { houseOf, isLoopbackName, type Principal, requireScope } from "../access/mod.ts";
import { keys, type NodeRecord, ReadCache, records, type Store } from "../store/mod.ts";
import type { Endpoint } from "../providers/mod.ts";

/** What makes a node; what is absent gets a default. */
export interface NodeSpec {
  name: string;
  kind: ProviderKind;
  baseUrl: string;
  apiKey?: string;
  enabled?: boolean;
  priority?: number;
  weight?: number;
  concurrency?: number;
  tags?: string[];
  /** True to take nothing new. */
  draining?: boolean;
  inferenceProvider?: string;
}

/** Hosted services are asked after local servers, and the built-in model last. */
const DEFAULT_PRIORITY = { local: 10, hosted: 20, builtin: 1000 };

/** The built-in model's node. */
export const SKETCH_NODE_ID = "sketch";

/** The inference servers. They belong to the house, whoever asks. Changes apply to the next call. */
export class NodeRegistry {
  #store: Store;
  #fixed: NodeRecord[];
  #cache = new ReadCache((profileId) => this.#read(profileId));
  /** By record, so that a change of the record makes a new one. */
  #endpoints = new WeakMap<NodeRecord, Endpoint>();
  #infos = new WeakMap<NodeRecord, NodeInfo>();
  #onChange: (profileId: string) => void;

  constructor(
    options: { store: Store; sketch: boolean; config: NodeSpec[]; onChange: (profileId: string) => void },
  ) {
    this.#store = options.store;
    this.#onChange = options.onChange;
    this.#fixed = options.config.map((spec) => this.#record(spec, "config", `config-${slug(spec.name)}`));
    if (options.sketch) this.#fixed.push(sketchNode());
  }

  /** All nodes, by priority. */
  async list(principal: Principal): Promise<NodeInfo[]> {
    return (await this.#cache.get(houseOf(principal).profileId)).map((record) => {
      const known = this.#infos.get(record);
      if (known) return known;
      const info = infoOf(record);
      this.#infos.set(record, info);
      return info;
    });
  }

  /** One node. Throws `not_found`. */
  async get(principal: Principal, nodeId: string): Promise<NodeInfo> {
    return infoOf(await this.#find(principal, nodeId));
  }

  /** Adds a node. Throws `conflict` where the same server is there already. */
  async create(principal: Principal, spec: NodeSpec, origin: NodeOrigin = "manual"): Promise<NodeInfo> {
    requireScope(principal, "admin");
    const record = this.#record(spec, origin, newId());
    const twin = (await this.#cache.get(houseOf(principal).profileId)).find((other) =>
      other.kind === record.kind && other.baseUrl === record.baseUrl && other.sealedKey === undefined &&
      record.sealedKey === undefined && other.inferenceProvider === record.inferenceProvider
    );
    if (twin) {
      throw new FreshetError("conflict", `This server is there already, as ${twin.name}`, {
        field: "baseUrl",
      });
    }
    await this.#store.kv.set(
      keys.node(houseOf(principal).profileId, record.id),
      this.#store.encode(records.node, record),
    );
    this.#changed(houseOf(principal).profileId);
    return infoOf(record);
  }

  /** Changes a node; an absent key is kept while the address stays at the same server, "" removes it. */
  async update(principal: Principal, nodeId: string, changes: Partial<NodeSpec>): Promise<NodeInfo> {
    requireScope(principal, "admin");
    refuseFixed((await this.#find(principal, nodeId)).origin);
    const { apiKey, baseUrl, ...rest } = changes;
    for (;;) {
      const stored = await this.#store.get(records.node, keys.node(houseOf(principal).profileId, nodeId));
      if (!stored) throw unknownNode();
      const { sealedKey, ...old } = stored.value;
      const record: NodeRecord = { ...old, ...rest, updatedAt: Date.now() };
      if (baseUrl !== undefined) Object.assign(record, place(baseUrl));
      // A key was given for one server; it does not travel to another one with a changed address.
      const isSameServer = new URL(record.baseUrl).origin === new URL(old.baseUrl).origin;
      if (apiKey) record.sealedKey = this.#seal(apiKey);
      else if (apiKey === undefined && sealedKey !== undefined && isSameServer) record.sealedKey = sealedKey;
      const { ok } = await this.#store.kv.atomic().check(stored)
        .set(stored.key, this.#store.encode(records.node, record)).commit();
      // Somebody else has changed it at the same time; theirs must not be lost.
      if (!ok) continue;
      this.#changed(houseOf(principal).profileId);
      return infoOf(record);
    }
  }

  /** Removes a node. */
  async delete(principal: Principal, nodeId: string): Promise<void> {
    requireScope(principal, "admin");
    const { origin } = await this.#find(principal, nodeId);
    refuseFixed(origin);
    await using transaction = this.#store.transaction();
    transaction.operation.delete(keys.node(houseOf(principal).profileId, nodeId));
    await transaction.delete(keys.nodeModels(houseOf(principal).profileId, nodeId));
    await transaction.commit();
    this.#changed(houseOf(principal).profileId);
  }

  /** How to reach a node, with its key opened; for `dispatch` and the probes only. */
  async endpoint(principal: Principal, nodeId: string): Promise<Endpoint> {
    const record = await this.#find(principal, nodeId);
    const known = this.#endpoints.get(record);
    if (known) return known;
    const endpoint: Endpoint = { nodeId, baseUrl: record.baseUrl };
    if (record.sealedKey !== undefined) endpoint.apiKey = this.#open(record.sealedKey);
    if (record.inferenceProvider !== undefined) endpoint.inferenceProvider = record.inferenceProvider;
    this.#endpoints.set(record, endpoint);
    return endpoint;
  }

  /** The endpoint of a server that is not (yet) a node, to try it out. */
  tryEndpoint(spec: NodeSpec): Endpoint {
    const endpoint: Endpoint = { nodeId: "", baseUrl: place(spec.baseUrl).baseUrl };
    if (spec.apiKey) endpoint.apiKey = spec.apiKey;
    if (spec.inferenceProvider !== undefined) endpoint.inferenceProvider = spec.inferenceProvider;
    return endpoint;
  }

  /**
   * Reads again what another process has changed. Returns the ids of known nodes that are reached in another way since then,
   * were switched on or are gone: what was seen of them says nothing any more.
   */
  async reread(profileId: string): Promise<string[]> {
    const read = this.#cache.forget(profileId);
    if (!read) return [];
    const after = new Map((await this.#cache.get(profileId)).map((record) => [record.id, record]));
    return (await read).filter((record) => !isStillSame(record, after.get(record.id))).map(({ id }) => id);
  }

  async #find(principal: Principal, nodeId: string): Promise<NodeRecord> {
    const found = (await this.#cache.get(houseOf(principal).profileId)).find((record) =>
      record.id === nodeId
    );
    if (!found) throw unknownNode();
    return found;
  }

  async #read(profileId: string): Promise<NodeRecord[]> {
    const stored = await Array.fromAsync(this.#store.list(records.node, { prefix: keys.nodes(profileId) }));
    const all = [...stored.map(({ value }) => value), ...this.#fixed];
    return all.sort((a, b) => a.priority - b.priority || (a.createdAt - b.createdAt));
  }

  #changed(profileId: string): void {
    this.#cache.forget(profileId);
    this.#onChange(profileId);
  }

  #record(spec: NodeSpec, origin: NodeOrigin, id: string): NodeRecord {
    const { baseUrl, local } = place(spec.baseUrl);
    const now = Date.now();
    return {
      id,
      name: spec.name,
      kind: spec.kind,
      baseUrl,
      local,
      origin,
      enabled: spec.enabled ?? true,
      priority: spec.priority ?? (local ? DEFAULT_PRIORITY.local : DEFAULT_PRIORITY.hosted),
      weight: spec.weight ?? 1,
      concurrency: spec.concurrency ?? 0,
      tags: spec.tags ?? [],
      ...(spec.inferenceProvider ? { inferenceProvider: spec.inferenceProvider } : {}),
      ...(spec.apiKey ? { sealedKey: this.#seal(spec.apiKey) } : {}),
      createdAt: now,
      updatedAt: now,
    };
  }

  #seal(apiKey: string): string {
    return this.#store.cipher.seal(new TextEncoder().encode(apiKey)).toBase64();
  }

  #open(sealedKey: string): string {
    return new TextDecoder().decode(this.#store.cipher.open(Uint8Array.fromBase64(sealedKey)));
  }
}

function sketchNode(): NodeRecord {
  return {
    id: SKETCH_NODE_ID,
    name: "Sketch",
    kind: "sketch",
    baseUrl: "builtin:sketch",
    local: true,
    origin: "builtin",
    enabled: true,
    priority: DEFAULT_PRIORITY.builtin,
    weight: 1,
    concurrency: 0,
    tags: [],
    createdAt: 0,
    updatedAt: 0,
  };
}

function infoOf({ sealedKey, ...record }: NodeRecord): NodeInfo {
  return { ...record, hasKey: sealedKey !== undefined };
}

function isStillSame(before: NodeRecord, after: NodeRecord | undefined): boolean {
  return after !== undefined && before.baseUrl === after.baseUrl && before.sealedKey === after.sealedKey &&
    before.kind === after.kind && (before.enabled || !after.enabled);
}

function unknownNode(): FreshetError {
  return new FreshetError("not_found", "There is no such node");
}

function refuseFixed(origin: NodeOrigin): void {
  if (origin === "builtin") throw new FreshetError("conflict", "The built-in model cannot be changed");
  if (origin === "config") {
    throw new FreshetError("conflict", "This node comes from fresh.config.ts", { hint: "Change it there" });
  }
}

/** The base URL in its normal form, and whether it stays on this machine or in the local network. */
function place(raw: string): { baseUrl: string; local: boolean } {
  const url = URL.canParse(raw) ? new URL(raw) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) {
    throw new FreshetError("invalid_request", "The address has to be a http:// or https:// URL", {
      field: "baseUrl",
    });
  }
  if (url.username || url.password) {
    throw new FreshetError("invalid_request", "Keys do not belong into the address", { field: "baseUrl" });
  }
  url.hash = "";
  return { baseUrl: url.href.replace(/\/+$/, ""), local: isLocalHost(url.hostname) };
}

function isLocalHost(hostname: string): boolean {
  return isLoopbackName(hostname) || hostname.endsWith(".local") || hostname.endsWith(".lan") ||
    /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)[\d.]+$/.test(hostname) || /^\[f[cd]/.test(hostname) ||
    !hostname.includes(".") && !hostname.includes(":");
}

function slug(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-|-$/g, "");
}
