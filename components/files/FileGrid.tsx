import { useLayoutEffect, useRef } from "preact/hooks";
import { filesHref } from "../../lib/client/files/addresses.ts";
import { rowWindow, scrollTopFor } from "../../lib/client/files/row_window.ts";
import type { FileSortKey } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { useFolder } from "./context.ts";
import { FileRow } from "./FileRow.tsx";
import { useGridKeys } from "./use_grid_keys.ts";
import { useRowView } from "./use_row_view.ts";
import { PAGE_SIZE } from "./page_data.ts";

/** The entries of the folder, of which only those in view are rendered. */
export function FileGrid({ from }: { from: number }) {
  const { folder, folderName, t } = useFolder();
  const scroller = useRef<HTMLDivElement>(null);
  const look = folder.look.value;
  const rows = folder.rows.value;
  const view = useRowView(scroller, `${look} ${folder.path.value}`);
  const { start, end, before, after } = view
    ? rowWindow(rows.length, view)
    : { start: 0, end: rows.length, before: 0, after: 0 };
  const { onKeyDown, wantsFocus } = useGridKeys(view);
  const focused = folder.selection.focused.value;
  const placed = useRef("");
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !view || focused === null) return;
    // In another folder, or looking differently, what has the focus is where nobody has scrolled to.
    const isPlaced = placed.current === view.of;
    if (isPlaced && !wantsFocus.current) return;
    placed.current = view.of;
    element.scrollTop = scrollTopFor(rows.findIndex(({ name }) => name === focused), {
      ...view,
      scrollTop: element.scrollTop,
    });
    const target = element.querySelector<HTMLElement>(`[data-name="${CSS.escape(focused)}"] .file-row__name`);
    // What was far from view is rendered next.
    if (!target || !wantsFocus.current) return;
    target.focus({ preventScroll: true });
    wantsFocus.current = false;
  });
  const total = folder.total.value;
  return (
    <div
      role="grid"
      class={`file-grid file-grid--${look}`}
      aria-label={t("filesPage.entries", { name: folder.path.value.split("/").at(-1) || folderName })}
      aria-multiselectable="true"
      aria-rowcount={rows.length + 1}
      aria-describedby="file-keys"
    >
      <Headings />
      <div role="rowgroup" ref={scroller} class="file-grid__rows" onKeyDown={onKeyDown}>
        <div
          role="presentation"
          class="file-grid__inner"
          style={{ paddingTop: `${before}px`, paddingBottom: `${after}px` }}
        >
          {rows.slice(start, end).map((entry, i) => (
            <FileRow key={entry.name} entry={entry} index={start + i} />
          ))}
        </div>
      </div>
      <p id="file-keys" class="visually-hidden">{t("filesPage.keys")}</p>
      {total > rows.length && (
        <p class="file-grid__cut muted" role="presentation">
          {t("filesPage.cut", { count: from + rows.length, total })}
          {from + rows.length < total && (
            <noscript>
              {" "}
              <a
                href={`${filesHref({ folderId: folder.folderId, path: folder.path.value })}&from=${
                  from + PAGE_SIZE
                }`}
              >
                {t("filesPage.more", { count: PAGE_SIZE })}
              </a>
            </noscript>
          )}
        </p>
      )}
    </div>
  );
}

const COLUMNS: readonly FileSortKey[] = ["name", "size", "modifiedAt"];

function Headings() {
  const { folder, t } = useFolder();
  const { key, descending } = folder.sort.value;
  return (
    <div role="row" class="file-grid__head" aria-rowindex={1}>
      {COLUMNS.map((column) => (
        <div
          key={column}
          role="columnheader"
          class={`file-grid__heading file-grid__heading--${column}`}
          aria-sort={key === column ? descending ? "descending" : "ascending" : "none"}
        >
          <button type="button" onClick={() => folder.sortBy(column)}>
            {t(`filesPage.${column}`)}
            {key === column && <Icon name={descending ? "arrow-down" : "arrow-up"} />}
          </button>
        </div>
      ))}
    </div>
  );
}
