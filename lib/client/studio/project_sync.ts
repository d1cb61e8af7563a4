import { computed, type ReadonlySignal } from "@preact/signals";
import { FreshetError, type ProfileEvent, type SystemAlert, type UiSettings } from "../../shared/mod.ts";
import { ChatApi } from "../chat_api.ts";
import type { Clock } from "../clock.ts";
import { ProfileEvents } from "../profile_events.ts";
import { ProjectStream, type ProjectStreamOptions, type StreamHealth } from "./project_stream.ts";

/** What `ProjectSync` needs. */
export interface ProjectSyncOptions extends ProjectStreamOptions {
  clock: Clock;
  onSettings(settings: UiSettings): void;
  /** The machine passed a threshold, or came back. */
  onAlert(alert: SystemAlert): void;
  /** Fetches the project anew. */
  refresh(): Promise<void>;
  /** Tells of what is no failure of a request. */
  report(error: unknown): void;
}

/** Changes that come this close (ms) to each other are fetched at once. */
const REFRESH_MS = 50;

/**
 * How the page hears of its project: by the events of the profile all the time, which tell that something has changed, and by
 * the project's own stream only while a version is made. At rest that is one of the six connections a browser opens to a host.
 */
export class ProjectSync {
  readonly stream: ProjectStream;
  readonly #options: ProjectSyncOptions;
  readonly #events: ProfileEvents;
  readonly health: ReadonlySignal<StreamHealth>;
  #cancelRefresh: (() => void) | undefined;

  constructor(options: ProjectSyncOptions) {
    this.#options = options;
    const { api, clock } = options;
    this.stream = new ProjectStream(options);
    this.#events = new ProfileEvents({
      api: new ChatApi(api.client),
      clock,
      onEvent: (event) => this.#receive(event),
      onCatchUp: () => this.#refresh(),
    });
    this.health = computed(() =>
      this.stream.health.value === "live" && this.#events.state.value !== "waiting" ? "live" : "reconnecting"
    );
  }

  /** Listens while the page is awake; to what is written while a version is made. */
  listen(awake: boolean, isMaking: boolean): void {
    this.#events.listen(awake);
    this.stream.listen(awake && isMaking);
    if (!awake) this.#cancelRefresh?.();
  }

  retryNow(): void {
    this.#events.retryNow();
    this.stream.retryNow();
  }

  #receive(event: ProfileEvent): void {
    if (event.type === "settings:changed") this.#options.onSettings(event.settings);
    if (event.type === "system:alert") this.#options.onAlert(event.alert);
    if (event.type !== "project:changed" || event.projectId !== this.#options.projectId) return;
    this.#cancelRefresh?.();
    this.#cancelRefresh = this.#options.clock.after(REFRESH_MS, () => this.#refresh());
  }

  #refresh(): void {
    this.#options.refresh().catch((error) => {
      if (!(error instanceof FreshetError)) return this.#options.report(error);
      // Any other failure is the server being away, which is what "Reconnecting…" says.
      if (error.code === "not_found") this.#options.onGone();
    });
  }
}
