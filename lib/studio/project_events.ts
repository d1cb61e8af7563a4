import { FreshetError } from "../shared/mod.ts";
import type { Principal } from "../access/mod.ts";
import type { CommittedEvent, Runs } from "../runs/mod.ts";
import type { Feed } from "../store/mod.ts";
import type { ProjectStore } from "./project_store.ts";
import type { VersionStore } from "./version_store.ts";

/** What a project's stream is made of. */
export interface ProjectEventsOptions {
  runs: Runs;
  feed: Feed;
  projects: ProjectStore;
  versions: VersionStore;
}

/** Where a stream goes on: after an event of a run. */
export interface ResumePoint {
  runId: string;
  seq: number;
}

/** The point out of a `Last-Event-ID` (`runId.seq`), or undefined where it is none. */
export function resumePoint(lastEventId: string | null): ResumePoint | undefined {
  const match = /^([0-9a-z]{26})\.(\d{1,12})$/.exec(lastEventId ?? "");
  return match?.[1] ? { runId: match[1], seq: Number(match[2]) } : undefined;
}

/**
 * The events of all runs that make versions of a project: of those that are under way, each from its start or from where the
 * client was, and of every one that begins while the stream is open. Ends when the signal is aborted.
 */
export async function* projectEvents(
  { principal, projectId, from }: { principal: Principal; projectId: string; from: ResumePoint | undefined },
  options: ProjectEventsOptions,
  signal: AbortSignal,
): AsyncGenerator<CommittedEvent[], void, undefined> {
  const merged = new MergedEvents();
  const followed = new Set<string>();
  const ending = new AbortController();
  const inner = AbortSignal.any([signal, ending.signal]);
  const follow = (runId: string, afterSeq: number) => {
    if (followed.has(runId)) return;
    followed.add(runId);
    merged.take(options.runs.subscribe(principal, runId, afterSeq, inner));
  };
  let seen: number | undefined;
  const followNew = async () => {
    const { runIds, versionCount } = await runsSince(seen, principal, projectId, options);
    seen = versionCount;
    for (const runId of runIds) follow(runId, 0);
  };
  const changes = options.feed.subscribe(principal.profileId, inner);
  const watch = async () => {
    for await (const batch of changes) {
      if (batch.some((event) => event.type === "project:changed" && event.projectId === projectId)) {
        await followNew();
      }
    }
  };
  let watching: Promise<void> = Promise.resolve();
  try {
    if (from && await belongs(principal, projectId, from.runId, options)) follow(from.runId, from.seq);
    await followNew();
    // One that is cut off from the changes has to come again.
    watching = watch().then(() => ending.abort(), (error) => merged.fail(error));
    yield* merged.batches(inner);
  } finally {
    ending.abort();
    await watching;
    await merged.ended();
  }
}

/**
 * The runs of the versions that are newer than the first `seen` of the project; where that is undefined, of those that are
 * being made. A short run may have ended before anybody looks, so that it is not enough to look for what is being made.
 */
async function runsSince(
  seen: number | undefined,
  principal: Principal,
  projectId: string,
  { projects, versions }: ProjectEventsOptions,
): Promise<{ runIds: string[]; versionCount: number }> {
  const place = { profileId: principal.profileId, projectId };
  const stored = await projects.find(place.profileId, projectId);
  if (!stored) return { runIds: [], versionCount: seen ?? 0 };
  const { branches, versionCount } = stored.value;
  const ids = branches.flatMap(({ generatingId }) => generatingId ?? []);
  const found = seen === undefined
    ? (await Promise.all(ids.map((id) => versions.find(place, id)))).flatMap((version) =>
      version?.value ?? []
    )
    : await versions.newest(place, versionCount - seen);
  return { runIds: found.flatMap(({ runId }) => runId ?? []), versionCount };
}

/** A run of another project, or one whose log is gone, is nothing to go on with. */
async function belongs(
  principal: Principal,
  projectId: string,
  runId: string,
  { runs }: ProjectEventsOptions,
): Promise<boolean> {
  try {
    const { subject } = await runs.get(principal, runId);
    return subject.type === "project" && subject.projectId === projectId;
  } catch (error) {
    if (error instanceof FreshetError && error.code === "not_found") return false;
    throw error;
  }
}

/** Batches of several runs in the order in which they come. A run waits until what it brought was taken. */
class MergedEvents {
  #waiting: { batch: CommittedEvent[]; taken: () => void }[] = [];
  #wake = () => {};
  #pumps = new Set<Promise<void>>();
  #error: unknown;

  /** Adds a run. */
  take(batches: AsyncIterable<CommittedEvent[]>): void {
    const pump = this.#pump(batches).catch((error) => this.fail(error))
      .finally(() => this.#pumps.delete(pump));
    this.#pumps.add(pump);
  }

  /** Ends the stream with an error. */
  fail(error: unknown): void {
    this.#error = error;
    this.#wake();
  }

  async *batches(signal: AbortSignal): AsyncGenerator<CommittedEvent[], void, undefined> {
    signal.addEventListener("abort", () => this.#release(), { once: true });
    while (!signal.aborted) {
      if (this.#error !== undefined) throw this.#error;
      const next = this.#waiting.shift();
      if (!next) {
        await new Promise<void>((resolve) => this.#wake = resolve);
        continue;
      }
      yield next.batch;
      next.taken();
    }
  }

  /** Lets everything go that still waits. */
  async ended(): Promise<void> {
    this.#release();
    await Promise.allSettled(this.#pumps);
  }

  async #pump(batches: AsyncIterable<CommittedEvent[]>): Promise<void> {
    for await (const batch of batches) {
      await new Promise<void>((taken) => {
        this.#waiting.push({ batch, taken });
        this.#wake();
      });
    }
  }

  #release(): void {
    for (const { taken } of this.#waiting.splice(0)) taken();
    this.#wake();
  }
}
