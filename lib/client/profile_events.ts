import type { ReadonlySignal } from "@preact/signals";
import type { ProfileEvent } from "../shared/mod.ts";
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

/** What happens to the profile elsewhere: in other tabs, on other devices, on the server. */
export class ProfileEvents {
  readonly #stream: EventStream;

  constructor({ api, clock, onEvent, onCatchUp }: ProfileEventsOptions) {
    this.#stream = new EventStream({
      clock,
      open: (lastEventId, signal) =>
        api.client.request("/api/events", {
          headers: { accept: "text/event-stream", ...(lastEventId ? { "last-event-id": lastEventId } : {}) },
        }, { signal }),
      onEvent: ({ data }) => data && onEvent(JSON.parse(data) as ProfileEvent),
      onOpen: () => onCatchUp(),
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
}
