import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { type RowRange, RowWindow } from "./row_window.ts";

/** Which rows of a table are rendered, by where its page is scrolled to. Rows are marked by `data-row`. */
export function useWindowedRows(count: number, body: RefObject<HTMLTableSectionElement>): RowRange {
  const rows = useMemo(() => new RowWindow(), []);
  const [, redraw] = useState(0);
  rows.setCount(count);
  useLayoutEffect(() => {
    const rendered = [...body.current?.querySelectorAll<HTMLElement>("[data-row]") ?? []];
    rows.measure(rendered.length, rendered.reduce((sum, { offsetHeight }) => sum + offsetHeight, 0));
  });
  useEffect(() => {
    const scroller = body.current?.closest<HTMLElement>("main");
    if (!scroller) return;
    const look = () => {
      const table = body.current?.getBoundingClientRect();
      if (!table) return;
      const top = scroller.getBoundingClientRect().top - table.top;
      if (rows.show(top, top + scroller.clientHeight)) redraw((times) => times + 1);
    };
    look();
    scroller.addEventListener("scroll", look, { passive: true });
    return () => scroller.removeEventListener("scroll", look);
  }, [count]);
  return rows.range;
}
