import { LONGEST, shorten } from "../messages.ts";
import { nameOf } from "./errors.ts";
import type { PanelPort } from "./port.ts";

/** Says when the page is there, and how high it is. */
export function watchPage(port: PanelPort): void {
  document.addEventListener("DOMContentLoaded", () => {
    const path = nameOf(location.href.split(/[?#]/)[0] ?? "");
    port.send({ type: "ready", title: shorten(document.title, LONGEST.label), path });
    let last = 0;
    new ResizeObserver(() => {
      const height = Math.ceil(document.documentElement.scrollHeight);
      if (height !== last) port.send({ type: "size", height });
      last = height;
    }).observe(document.documentElement);
  });
}
