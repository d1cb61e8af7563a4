import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import type { RowView } from "../../lib/client/files/row_window.ts";

/** A view with what it was measured of. */
export interface MeasuredView extends RowView {
  of: string;
}

/** What is seen of a scroller with rows of one height; null until it was measured. `change` has it measured anew. */
export function useRowView(scroller: RefObject<HTMLElement>, change: string): MeasuredView | null {
  const [view, setView] = useState<MeasuredView | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setView((before) => measured(element, change, before));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener("scroll", measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", measure);
    };
  }, [change]);
  return view;
}

/** The same object where nothing changed that is seen: then nothing is rendered. */
function measured(element: HTMLElement, of: string, before: MeasuredView | null): MeasuredView | null {
  const row = element.querySelector<HTMLElement>("[data-name]");
  const rowHeight = row?.getBoundingClientRect().height ?? 0;
  if (!row?.parentElement || rowHeight === 0) return before;
  const { gridTemplateColumns } = getComputedStyle(row.parentElement);
  const columns = gridTemplateColumns === "none" ? 1 : gridTemplateColumns.split(" ").length;
  const { scrollTop, clientHeight: height } = element;
  const isSame = before?.of === of && before.rowHeight === rowHeight && before.columns === columns &&
    before.height === height && Math.abs(before.scrollTop - scrollTop) < rowHeight / 2;
  return isSame ? before : { scrollTop, height, rowHeight, columns, of };
}
