import type { RefObject } from "preact";
import { useEffect } from "preact/hooks";
import { copyText } from "../../../lib/client/clipboard.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";

/** Makes the code blocks within an element copy on a click, and highlights them as they come into view. */
export function useCodeBlocks(scope: RefObject<HTMLElement>, t: Translate): void {
  useEffect(() => {
    const element = scope.current;
    if (!element) return;
    const onClick = (event: MouseEvent) => copyCode(event, t);
    element.addEventListener("click", onClick);
    let stop = () => {};
    let ended = false;
    import("../../../lib/client/highlight.ts").then(({ highlightWithin }) => {
      if (!ended) stop = highlightWithin(element, t);
    }, reportError);
    return () => {
      ended = true;
      stop();
      element.removeEventListener("click", onClick);
    };
  }, []);
}

async function copyCode(event: MouseEvent, t: Translate): Promise<void> {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-copy]") : null;
  const code = button?.closest("figure")?.querySelector("code")?.textContent;
  if (!button || code === undefined || code === null || !await copyText(code)) return;
  button.textContent = t("copied");
  setTimeout(() => button.textContent = t("code.copy"), 1600);
}
