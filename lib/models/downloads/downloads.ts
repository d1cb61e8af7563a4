import { FreshetError, type ModelDownload, newId, QUEUED_PHASE, toFreshetError } from "../../shared/mod.ts";
import type { Clock, Log } from "../../host/mod.ts";
import { localPrincipal, type Principal, requireScope } from "../../access/mod.ts";
import type { ModelManager } from "../../providers/mod.ts";
import { type Feed, keys, type Store, type Stored } from "../../store/mod.ts";
import { HOUSE } from "../house.ts";
import { type Managed, requireAbility } from "../managed_node.ts";
import { Pull } from "./pull.ts";
import { ServerJobs } from "./server_jobs.ts";
import { DOWNLOAD, type DownloadRecord, isUnderWay, viewOf } from "./record.ts";

const LOOK_EVERY_MS = 30_000;
/** How long a process may be silent before its downloads are taken over; its heart beats every 5 s. */
const DEAD_AFTER_MS = 20_000;
const UNDER_WAY_MAX = 20;
const NAME_MAX_CHARS = 300;
/** What adding is called among the turns; no download has this id. */
const ADDING = "";

/** What the downloads need. */
export interface DownloadsOptions {
  store: Store;
  clock: Clock;
  log: Log;
  feed: Pick<Feed, "publish">;
  /** The node with what manages its models. Throws `not_found` and `unsupported`. */
  managed(principal: Principal, nodeId: string): Promise<Managed>;
  /** Announces that Freshet is changing what a name leads to, while the work goes on. */
  during(at: { nodeId: string; model: string }, work: () => Promise<void>): Promise<void>;
  /** Told when a node has a new model. */
  onModel(principal: Principal, nodeId: string, model: string): Promise<void>;
}

/**
 * Downloads of models. Each is a record before its server is asked, survives the page and the process, and goes on after a
 * start; servers keep what was loaded and go on there. Pages hear of progress at most twice a second.
 */
export class Downloads {
  readonly #options: DownloadsOptions;
  readonly #pulls = new Map<string, Pull>();
  readonly #log: Log;
  readonly #jobs: ServerJobs;
  #stopLooking: (() => void) | undefined;
  /** What is done last to each download. */
  readonly #turns = new Map<string, Promise<void>>();
  #isClosed = false;

  constructor(options: DownloadsOptions) {
    this.#options = options;
    this.#log = options.log.of("models");
    this.#jobs = new ServerJobs(options.managed);
  }

  /** Goes on with what was under way when its process ended. */
  async start(): Promise<void> {
    const { store, clock } = this.#options;
    await this.#recover();
    if (!store.shared) return;
    this.#stopLooking = clock.every(LOOK_EVERY_MS, () => {
      this.#recover().catch((error) => this.#log.error("Cannot look for downloads", { error }));
    });
  }

  /** All downloads that were not removed, newest first. */
  async list(_principal: Principal): Promise<ModelDownload[]> {
    const selector = { prefix: keys.modelDownloads(HOUSE) };
    const stored = await Array.fromAsync(this.#options.store.list(DOWNLOAD, selector, { reverse: true }));
    return stored.map(({ value }) => viewOf(this.#pulls.get(value.id)?.record ?? value));
  }

  /** Begins a download. Throws `conflict` where the same is under way, and `unsupported` where the node takes none. */
  add(principal: Principal, wanted: { nodeId: string; model: string }): Promise<ModelDownload> {
    requireScope(principal, "admin");
    return this.#inTurn(ADDING, () => this.#add(principal, wanted));
  }

  /**
   * Ends the connection, or has a server that goes on by itself pause; it keeps what it has. Throws `conflict` where nothing is
   * under way, and `unsupported` where the server cannot, which goes on then.
   */
  pause(principal: Principal, id: string): Promise<ModelDownload> {
    requireScope(principal, "admin");
    return this.#inTurn(id, () => this.#pause(principal, id));
  }

  async #pause(principal: Principal, id: string): Promise<ModelDownload> {
    const { value } = await this.#find(id);
    const before = this.#pulls.get(id)?.record ?? value;
    if (!isUnderWay(before)) throw notUnderWay();
    if (before.isServerSide && before.state === "running" && before.phase === QUEUED_PHASE) {
      throw new FreshetError(
        "conflict",
        `${before.nodeName} is at another download, and can pause only that`,
        {
          hint: "Pause this one when its turn has come",
        },
      );
    }
    await this.#rest(id);
    const paused = await this.#find(id);
    if (paused.value.state !== "paused") throw notUnderWay();
    if (!before.isServerSide) return this.#tell(paused.value);
    return await this.#pauseThere(principal, paused, before.state);
  }

  /** Lets go of a download: whoever has it in hand sees that it is paused. */
  async #rest(id: string): Promise<void> {
    const pull = this.#pulls.get(id);
    if (pull) return await pull.stop({ state: "paused" });
    const stored = await this.#find(id);
    await this.#write(stored, { ...stored.value, state: "paused", bytesPerSecond: 0, secondsLeft: null });
  }

  /** Has the server pause as well; where it cannot, the download goes on here too. */
  async #pauseThere(
    principal: Principal,
    paused: Stored<DownloadRecord>,
    state: ModelDownload["state"],
  ): Promise<ModelDownload> {
    const { job: _, ...rest } = paused.value;
    try {
      await this.#jobs.pause(principal, { ...paused.value, state });
    } catch (error) {
      const { code } = toFreshetError(error);
      const cannotPause = code === "unsupported" ? { cannotPause: true } : {};
      await this.#take(paused, { ...paused.value, ...cannotPause, state: "running" });
      throw error;
    }
    // Going on begins another job: what servers tell of one that was paused differs.
    await this.#write(paused, rest);
    return this.#tell(rest);
  }

  /** Goes on with a download that was paused or has failed. Throws `conflict` where it or the same is under way, or it is complete. */
  resume(principal: Principal, id: string): Promise<ModelDownload> {
    requireScope(principal, "admin");
    return this.#inTurn(id, () => this.#resume(principal, id));
  }

  async #resume(principal: Principal, id: string): Promise<ModelDownload> {
    const stored = await this.#find(id);
    const { error: _, retryAt: _retry, finishedAt: _finished, ...rest } = stored.value;
    if (isUnderWay(rest)) throw new FreshetError("conflict", "This download is under way");
    if (rest.state === "done") throw new FreshetError("conflict", "This download is complete");
    await this.#requireRoom(principal, rest);
    return await this.#take(stored, { ...rest, state: "running" });
  }

  /**
   * Ends a download where it is under way, and forgets it. A model that is complete stays on its node. One that the server does
   * not end stays in the list as failed, which says so; asked once more, it goes.
   */
  remove(principal: Principal, id: string): Promise<void> {
    requireScope(principal, "admin");
    return this.#inTurn(id, () => this.#remove(principal, id));
  }

  async #remove(principal: Principal, id: string): Promise<void> {
    const { key, value } = await this.#find(id);
    const pull = this.#pulls.get(id);
    await pull?.stop();
    if (isUnderWay(value) && !await this.#cancel(principal, await this.#find(id))) return;
    await using transaction = this.#options.store.transaction();
    await transaction.delete(key);
    await transaction.commit();
    this.#options.feed.publish(HOUSE, { type: "download:removed", downloadId: id });
  }

  /** Ends what is under way here, to be gone on with after the next start. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopLooking?.();
    await this.#turns.get(ADDING);
    await Promise.all([...this.#pulls.values()].map((pull) => pull.stop()));
  }

  async #add(principal: Principal, wanted: { nodeId: string; model: string }): Promise<ModelDownload> {
    const { node, manager } = await this.#options.managed(principal, wanted.nodeId);
    requireAbility({ node, manager }, "pull");
    const model = manager.pullName(wanted.model);
    if (wanted.model.trim() === "" || model.length > NAME_MAX_CHARS || /\s/.test(model)) {
      throw new FreshetError("invalid_request", "Name a model, such as qwen3:8b", { field: "model" });
    }
    await this.#requireRoom(principal, { nodeId: node.id, nodeName: node.name, model });
    const now = this.#options.clock.now();
    const record: DownloadRecord = {
      id: newId(),
      ownerId: "",
      nodeId: node.id,
      nodeName: node.name,
      model,
      state: "running",
      phase: "",
      completedBytes: 0,
      totalBytes: 0,
      bytesPerSecond: 0,
      secondsLeft: null,
      createdAt: now,
      updatedAt: now,
      ...(manager.can.has("pause") ? {} : { isServerSide: true }),
      ...(manager.can.has("pause") || manager.pausePull ? {} : { cannotPause: true }),
    };
    return await this.#take({ key: keys.modelDownload(HOUSE, record.id), versionstamp: null }, record);
  }

  /** Throws `conflict` where the same is under way, or too much is. */
  async #requireRoom(
    principal: Principal,
    { nodeId, nodeName, model }: Pick<ModelDownload, "nodeId" | "nodeName" | "model">,
  ): Promise<void> {
    const underWay = (await this.list(principal)).filter(isUnderWay);
    if (underWay.some((other) => other.nodeId === nodeId && other.model === model)) {
      throw new FreshetError("conflict", `${model} is being downloaded to ${nodeName} already`);
    }
    if (underWay.length < UNDER_WAY_MAX) return;
    throw new FreshetError(
      "conflict",
      `${UNDER_WAY_MAX} downloads are under way; let one of them end first`,
    );
  }

  /** One after the other: of two at once, as a double click asks for them, the second one sees what the first has done. */
  #inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
    const doing = (this.#turns.get(id) ?? Promise.resolve()).then(work);
    const ended: Promise<void> = doing.then(() => {}, () => {}).then(() => {
      if (this.#turns.get(id) === ended) this.#turns.delete(id);
    });
    this.#turns.set(id, ended);
    return doing;
  }

  /** Writes the record as this process's, and begins. Throws `conflict` where somebody else was faster. */
  async #take(
    at: { key: Deno.KvKey; versionstamp: string | null },
    record: DownloadRecord,
  ): Promise<ModelDownload> {
    const owned = { ...record, ownerId: this.#options.store.processId };
    const versionstamp = await this.#write(at, owned);
    this.#begin(owned, versionstamp);
    return this.#tell(owned);
  }

  #begin(record: DownloadRecord, versionstamp: string): void {
    if (this.#isClosed) return;
    const { store, clock, feed } = this.#options;
    const pull = new Pull({
      store,
      clock,
      log: this.#log,
      record,
      versionstamp,
      ask: (signal, job) => this.#ask(localPrincipal, record, signal, job),
      publish: (now) => feed.publish(HOUSE, { type: "download:changed", download: viewOf(now) }),
    });
    this.#pulls.set(record.id, pull);
    const { during, onModel } = this.#options;
    // From the beginning: somebody may ask the node between the end of the download and the end of its record.
    void during({ nodeId: record.nodeId, model: record.model }, async () => {
      await pull.ended;
      if (this.#pulls.get(record.id) === pull) this.#pulls.delete(record.id);
      if (pull.record.state === "done") await onModel(localPrincipal, record.nodeId, record.model);
    }).catch((error) => this.#log.error("Cannot ask a node for its new model", { error }));
  }

  async *#ask(principal: Principal, { nodeId, model }: DownloadRecord, signal: AbortSignal, job?: string) {
    const { manager, endpoint }: { manager: ModelManager; endpoint: Managed["endpoint"] } = await this
      .#options
      .managed(principal, nodeId);
    yield* manager.pull(endpoint, model, signal, job);
  }

  /** Tells a server that goes on by itself to end; where it cannot, the record says so and stays for the person to see. */
  async #cancel(principal: Principal, { value, key }: Stored<DownloadRecord>): Promise<boolean> {
    const refusal = await this.#jobs.cancel(principal, value);
    if (!refusal) return true;
    const { store, clock } = this.#options;
    const { versionstamp } = await store.kv.get(key);
    await this.#write({ key, versionstamp }, {
      ...value,
      state: "failed",
      bytesPerSecond: 0,
      secondsLeft: null,
      finishedAt: clock.now(),
      updatedAt: clock.now(),
      error: refusal.toBody(),
    });
    this.#tell((await this.#find(value.id)).value);
    return false;
  }

  async #recover(): Promise<void> {
    const { store } = this.#options;
    for await (const stored of store.list(DOWNLOAD, { prefix: keys.modelDownloads(HOUSE) })) {
      if (!isUnderWay(stored.value) || await this.#isInHand(stored.value)) continue;
      await this.#take(stored, { ...stored.value, state: "running" }).catch((error) => {
        // Another process was faster.
        if (!(error instanceof FreshetError && error.code === "conflict")) throw error;
      });
    }
  }

  async #isInHand({ ownerId, id }: DownloadRecord): Promise<boolean> {
    const { store, clock } = this.#options;
    if (this.#pulls.has(id)) return true;
    if (!store.shared || ownerId === store.processId) return false;
    const { value } = await store.kv.get<number>(keys.process(ownerId));
    return value !== null && clock.now() - value < DEAD_AFTER_MS;
  }

  async #find(id: string): Promise<Stored<DownloadRecord>> {
    const stored = await this.#options.store.get(DOWNLOAD, keys.modelDownload(HOUSE, id));
    if (stored) return stored;
    throw new FreshetError("not_found", "There is no such download");
  }

  async #write(
    at: { key: Deno.KvKey; versionstamp: string | null },
    record: DownloadRecord,
  ): Promise<string> {
    await using transaction = this.#options.store.transaction();
    transaction.operation.check({ key: at.key, versionstamp: at.versionstamp });
    await transaction.set(DOWNLOAD, at.key, record);
    const result = await transaction.commit();
    if (result.ok) return result.versionstamp;
    throw new FreshetError("conflict", "The download was changed at the same time", { hint: "Try again" });
  }

  #tell(record: DownloadRecord): ModelDownload {
    const download = viewOf(record);
    this.#options.feed.publish(HOUSE, { type: "download:changed", download });
    return download;
  }
}

function notUnderWay(): FreshetError {
  return new FreshetError("conflict", "This download is not under way");
}
