import { type ReadonlySignal, signal } from "@preact/signals";
import type { ProjectPage, RunEvent, SequencedEvent, ServerSentEvent } from "../../shared/mod.ts";
import type { Clock } from "../clock.ts";
import { EventStream } from "../event_stream.ts";
import type { StudioApi } from "./studio_api.ts";

/** What a `ProjectStream` needs. */
export interface ProjectStreamOptions {
  projectId: string;
  api: StudioApi;
  clock: Clock;
  onEvent(runId: string, event: SequencedEvent): void;
  /** The project as polling found it, or anew after a break. */
  onPage(page: ProjectPage): void;
  /** The server does not know the project any more. */
  onGone(): void;
}

/** How the page hears of its project: by the stream, by asking again and again, or (for now) not at all. */
export type StreamHealth = "live" | "reconnecting";

/** After so many broken streams in a row, the project is asked for every 2 s instead. */
const FAILURES_BEFORE_POLLING = 3;
const POLL_MS = 2000;
/** So many answers by polling say that the server is there again, so the stream is tried once more. */
const POLLS_BEFORE_STREAM = 3;

/** Follows what happens in a project: by its events, and where they do not come through by polling, until they do. */
export class ProjectStream {
  readonly #options: ProjectStreamOptions;
  readonly #stream: EventStream;
  readonly #health = signal<StreamHealth>("live");
  #cancelPoll: (() => void) | undefined;
  #polling = false;
  #polls = 0;

  constructor(options: ProjectStreamOptions) {
    this.#options = options;
    const { api, projectId, clock } = options;
    this.#stream = new EventStream({
      clock,
      open: (lastEventId, signal) => api.stream(projectId, lastEventId, signal),
      onEvent: (event) => this.#receive(event),
      onOpen: () => this.#open(),
      onRefused: (error) => error.code === "not_found" && options.onGone(),
      onFailure: (failures) => this.#fail(failures),
    });
  }

  get health(): ReadonlySignal<StreamHealth> {
    return this.#health;
  }

  /** Follows while the page is awake. */
  listen(awake: boolean): void {
    if (awake && !this.#polling) this.#stream.start();
    if (awake) return;
    this.#stream.stop();
    this.#stopPolling();
  }

  retryNow(): void {
    this.#stream.retryNow();
  }

  #open(): void {
    this.#health.value = "live";
    // What has no event of a run (names, stars, other tabs) may have changed while nobody listened, and a run may have ended
    // between the page and the stream.
    this.#refresh();
  }

  #receive({ id, data }: ServerSentEvent): void {
    const at = id?.lastIndexOf(".") ?? -1;
    const seq = Number(id?.slice(at + 1));
    if (id === undefined || data === undefined || at < 1 || !Number.isSafeInteger(seq)) return;
    this.#options.onEvent(id.slice(0, at), { seq, event: JSON.parse(data) as RunEvent });
  }

  #fail(failures: number): boolean {
    this.#health.value = "reconnecting";
    if (failures < FAILURES_BEFORE_POLLING) return false;
    this.#polling = true;
    this.#polls = 0;
    this.#cancelPoll = this.#options.clock.after(0, () => this.#poll());
    return true;
  }

  async #poll(): Promise<void> {
    if (await this.#refresh()) this.#polls++;
    if (!this.#polling) return;
    if (this.#polls >= POLLS_BEFORE_STREAM) {
      this.#stopPolling();
      this.#stream.start();
      return;
    }
    this.#cancelPoll = this.#options.clock.after(POLL_MS, () => this.#poll());
  }

  async #refresh(): Promise<boolean> {
    const { api, projectId, onPage } = this.#options;
    try {
      onPage(await api.page(projectId));
      return true;
    } catch {
      // The server is away, which is what "Reconnecting…" says.
      return false;
    }
  }

  #stopPolling(): void {
    this.#polling = false;
    this.#cancelPoll?.();
    this.#cancelPoll = undefined;
  }
}
