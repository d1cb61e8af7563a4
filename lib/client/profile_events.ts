import type { ReadonlySignal } from "@preact/signals";
import { FreshetError, type ProfileEvent } from "../shared/mod.ts";
import type { ChatApi } from "./chat_api.ts";
import type { Clock } from "./clock.ts";
import { EventStream, type StreamState } from "./event_stream.ts";

/** What `ProfileEvents` needs. */
export interface ProfileEventsOptions {
  api: ChatApi;
  clock: Clock;
  onEvent(event: ProfileEvent): void;
  /** Listening began, or began again: what happened since the page was rendered was missed and has to be fetched. */
  onCatchUp(): void;
}

/**
 * What happens to the profile elsewhere: in other tabs, on other devices, on the server. Whenever listening begins, the settings
 * as they are now come as if they had just been changed: every page shows them, and none needs to fetch them itself.
 */
export class ProfileEvents {
  readonly #stream: EventStream;
  /** Counts what was heard of the settings, so that an older answer does not undo it. */
  #settingsHeard = 0;

  constructor(options: ProfileEventsOptions) {
    const { api, clock, onEvent, onCatchUp } = options;
    this.#stream = new EventStream({
      clock,
      open: (lastEventId, signal) =>
        api.client.request("/api/events", {
          headers: { accept: "text/event-stream", ...(lastEventId ? { "last-event-id": lastEventId } : {}) },
        }, { signal }),
      onEvent: ({ data }) => {
        if (!data) return;
        const event = JSON.parse(data) as ProfileEvent;
        if (event.type === "settings:changed") this.#settingsHeard++;
        onEvent(event);
      },
      onOpen: () => {
        onCatchUp();
        this.#catchUpSettings(options).catch(reportError);
      },
    });
  }

  get state(): ReadonlySignal<StreamState> {
    return this.#stream.state;
  }

  get secondsLeft(): ReadonlySignal<number> {
    return this.#stream.secondsLeft;
  }

  /** Listens while the page is awake. */
  listen(awake: boolean): void {
    if (awake) this.#stream.start();
    else this.#stream.stop();
  }

  retryNow(): void {
    this.#stream.retryNow();
  }

  async #catchUpSettings({ api, onEvent }: ProfileEventsOptions): Promise<void> {
    const heard = ++this.#settingsHeard;
    try {
      const settings = await api.settings();
      if (heard === this.#settingsHeard) onEvent({ type: "settings:changed", settings });
    } catch (error) {
      // What only refreshes may fail: the stream says that the server is away.
      if (!(error instanceof FreshetError)) throw error;
    }
  }
}
