import { effect } from "@preact/signals";
import type { ProfileEvent } from "../../shared/mod.ts";
import { applyAppearance } from "../appearance.ts";
import { ChatApi } from "../chat_api.ts";
import { browserClock } from "../clock.ts";
import { PageAwake } from "../page_awake.ts";
import { ProfileEvents } from "../profile_events.ts";

/** What a page of the settings does about what happens elsewhere. */
export interface Listener {
  onEvent?(event: ProfileEvent): void;
  /** After a break: what is shown has to be fetched again. */
  onCatchUp?(): void;
  /** The page is left; what waits has to be sent. */
  onLeave?(): void;
}

/** Connects a page with what happens in other tabs and on the server, while it is seen; returns what ends that. */
export function listen({ onEvent, onCatchUp, onLeave }: Listener): () => void {
  const awake = new PageAwake(browserClock);
  const events = new ProfileEvents({
    api: new ChatApi(),
    clock: browserClock,
    onEvent: (event) => {
      if (event.type === "settings:changed") applyAppearance(document.documentElement, event.settings);
      onEvent?.(event);
    },
    onCatchUp: () => onCatchUp?.(),
  });
  const stop = effect(() => events.listen(awake.awake.value));
  const ending = new AbortController();
  const { signal } = ending;
  document.addEventListener(
    "visibilitychange",
    () => awake.setVisible(document.visibilityState === "visible"),
    { signal },
  );
  addEventListener("pageshow", () => awake.setVisible(true), { signal });
  addEventListener("pagehide", () => {
    onLeave?.();
    awake.leave();
  }, { signal });
  return () => {
    ending.abort();
    stop();
    events.listen(false);
  };
}
