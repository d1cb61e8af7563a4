import type { Clock } from "../clock.ts";
import { PageAwake } from "../page_awake.ts";

/** Calls back when the window gets the focus, and when the page is seen again after a while; what it returns ends that. */
export function lookAgain(clock: Clock, look: () => void): () => void {
  const page = new PageAwake(clock);
  let wasAwake = true;
  const stop = page.awake.subscribe((isAwake) => {
    if (isAwake && !wasAwake) look();
    wasAwake = isAwake;
  });
  const onVisibility = () => page.setVisible(document.visibilityState === "visible");
  addEventListener("focus", look);
  document.addEventListener("visibilitychange", onVisibility);
  return () => {
    stop();
    page.leave();
    removeEventListener("focus", look);
    document.removeEventListener("visibilitychange", onVisibility);
  };
}
