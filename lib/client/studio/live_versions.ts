import { type ReadonlySignal, signal } from "@preact/signals";
import { FreshetError, type RunSnapshot, type SequencedEvent, type Version } from "../../shared/mod.ts";
import type { Clock } from "../clock.ts";
import { LiveVersion } from "./live_version.ts";
import type { StudioApi } from "./studio_api.ts";

/** What `LiveVersions` needs. */
export interface LiveVersionsOptions {
  api: StudioApi;
  clock: Clock;
  smooth: () => boolean;
  /** The versions as they are known, by the run that makes them. */
  versionOfRun(runId: string): Version | undefined;
  /** Fetches the project anew: there is a run of a version that nobody knows. */
  refresh(): Promise<void>;
  /** A run came to its end. */
  onEnd(live: LiveVersion): void;
  /** The server does not know a run any more. */
  onLost(live: LiveVersion): void;
}

/** The versions that are being made: at most one a branch, each by its run. */
export class LiveVersions {
  readonly #options: LiveVersionsOptions;
  readonly #byVersion = signal<ReadonlyMap<string, LiveVersion>>(new Map());
  /** Events of runs whose version is not known yet. */
  readonly #waiting = new Map<string, SequencedEvent[]>();

  constructor(options: LiveVersionsOptions) {
    this.#options = options;
  }

  /** By the version's id. */
  get byVersion(): ReadonlySignal<ReadonlyMap<string, LiveVersion>> {
    return this.#byVersion;
  }

  /** Begins to show a version that is being made; nothing where it is shown already. */
  follow(version: Version, snapshot?: RunSnapshot): void {
    if (version.status !== "generating" || version.runId === undefined) return;
    const known = this.#byVersion.peek().get(version.id);
    if (known) {
      if (snapshot) this.#take(known, () => known.catchUp(snapshot.state));
      return;
    }
    const { clock, smooth } = this.#options;
    const live = new LiveVersion({
      runId: version.runId,
      version,
      clock,
      smooth,
      ...(snapshot ? { state: snapshot.state } : {}),
    });
    this.#byVersion.value = new Map([...this.#byVersion.peek(), [version.id, live]]);
  }

  /** Takes an event of any run of the project. */
  receive(runId: string, event: SequencedEvent): void {
    const live = this.#ofRun(runId);
    if (live) return this.#take(live, () => live.apply(event));
    const version = this.#options.versionOfRun(runId);
    if (version?.status === "generating") {
      this.follow(version);
      return this.receive(runId, event);
    }
    // What is final needs no events; a stream may repeat them.
    if (!version) this.#meet(runId, event);
  }

  /** Fetches what a run has written, where its events do not come. */
  async catchUp(versionId: string): Promise<void> {
    const live = this.#byVersion.peek().get(versionId);
    if (!live) return;
    try {
      const snapshot = await this.#options.api.run(live.runId);
      this.#take(live, () => live.catchUp(snapshot.state));
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      if (error.code === "not_found") this.#options.onLost(live);
    }
  }

  /** Fetches what all of them have written. */
  async catchUpAll(): Promise<void> {
    await Promise.all([...this.#byVersion.peek().keys()].map((id) => this.catchUp(id)));
  }

  /** The version that is being made on a branch. */
  ofBranch(branch: string): LiveVersion | null {
    for (const live of this.#byVersion.value.values()) if (live.version.branch === branch) return live;
    return null;
  }

  /** Shows a version no more as being made. */
  drop(versionId: string): void {
    const next = new Map(this.#byVersion.peek());
    next.get(versionId)?.end();
    if (next.delete(versionId)) this.#byVersion.value = next;
  }

  #ofRun(runId: string): LiveVersion | undefined {
    for (const live of this.#byVersion.peek().values()) if (live.runId === runId) return live;
    return undefined;
  }

  #meet(runId: string, event: SequencedEvent): void {
    const waiting = this.#waiting.get(runId);
    if (waiting) return void waiting.push(event);
    this.#waiting.set(runId, [event]);
    const settle = () => {
      const events = this.#waiting.get(runId) ?? [];
      this.#waiting.delete(runId);
      if (this.#options.versionOfRun(runId)) { for (const each of events) this.receive(runId, each); }
    };
    this.#options.refresh().then(settle, settle);
  }

  #take(live: LiveVersion, apply: () => void): void {
    try {
      apply();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      // Events are missing: the snapshot has them all.
      this.catchUp(live.version.id).catch(reportError);
      return;
    }
    if (live.status.peek() !== "running") this.#options.onEnd(live);
  }
}
