import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { RefObject } from "preact";
import { WindowList, type WindowRange } from "../../lib/client/window_list.ts";

/** Which rows of a table are rendered, by where its page is scrolled to. Rows carry their key as `data-row`. */
export function useWindowedRows(
  keys: readonly string[],
  body: RefObject<HTMLTableSectionElement>,
): WindowRange {
  const list = useMemo(() => new WindowList(), []);
  const seen = useRef({ top: 0, bottom: 0 });
  const [, redraw] = useState(0);
  useMemo(() => {
    list.setKeys(keys);
    list.show(seen.current.top, seen.current.bottom);
  }, [keys]);
  useLayoutEffect(() => {
    for (const row of body.current?.querySelectorAll<HTMLElement>("[data-row]") ?? []) {
      list.measure(row.dataset.row ?? "", row.offsetHeight);
    }
  });
  useEffect(() => {
    const scroller = body.current?.closest<HTMLElement>("main");
    if (!scroller) return;
    const look = () => {
      const table = body.current?.getBoundingClientRect();
      if (!table) return;
      const top = scroller.getBoundingClientRect().top - table.top;
      seen.current = { top, bottom: top + scroller.clientHeight };
      if (list.show(seen.current.top, seen.current.bottom)) redraw((times) => times + 1);
    };
    look();
    scroller.addEventListener("scroll", look, { passive: true });
    return () => scroller.removeEventListener("scroll", look);
  }, []);
  return list.range;
}
