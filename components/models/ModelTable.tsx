import { useRef } from "preact/hooks";
import { queryOfFilter, sortedBy, type SortKey } from "../../lib/client/models/model_filter.ts";
import { NO_FILTER } from "../../lib/client/models/model_filter.ts";
import { Icon } from "../Icon.tsx";
import { useModels } from "./context.ts";
import { ModelRow } from "./ModelRow.tsx";
import { useWindowedRows } from "./use_windowed_rows.ts";

const COLUMNS: readonly (SortKey | "can" | "nodes")[] = [
  "name",
  "size",
  "parameters",
  "context",
  "can",
  "nodes",
  "used",
  "speed",
];
const isSortKey = (column: SortKey | "can" | "nodes"): column is SortKey =>
  column !== "can" && column !== "nodes";

/** The models, a row each; of long lists only the rows around what is seen are there. On phones the rows are cards. */
export function ModelTable() {
  const { installed, t } = useModels();
  const body = useRef<HTMLTableSectionElement>(null);
  const shown = installed.shown.value;
  const { start, end, before, after } = useWindowedRows(shown.length, body);
  const all = installed.models.value.length;
  return (
    <>
      <p class="models-count" role="status">{t("models.shown", { count: shown.length, all })}</p>
      {shown.length === 0
        ? (
          <p class="models-none">
            {t("models.noneShown")}{" "}
            <a
              href="/models"
              onClick={(event) => {
                event.preventDefault();
                installed.setFilter(NO_FILTER);
              }}
            >
              {t("models.showAll")}
            </a>
          </p>
        )
        : (
          <table class="models-table" role="table" aria-rowcount={shown.length + 1}>
            <caption class="visually-hidden">{t("models.title")}</caption>
            <thead role="rowgroup">
              <tr role="row" aria-rowindex={1}>
                {COLUMNS.map((column) =>
                  isSortKey(column)
                    ? <SortedHeading key={column} column={column} />
                    : <th key={column} role="columnheader" scope="col">{t(`models.column.${column}`)}</th>
                )}
              </tr>
            </thead>
            <tbody role="rowgroup" ref={body}>
              {before > 0 && <Space height={before} />}
              {shown.slice(start, end).map((model, i) => (
                <ModelRow key={model.id} model={model} index={start + i + 2} />
              ))}
              {after > 0 && <Space height={after} />}
            </tbody>
          </table>
        )}
    </>
  );
}

/** Stands in for rows that are not rendered. */
function Space({ height }: { height: number }) {
  return (
    <tr class="models-table__space" aria-hidden="true" style={{ height: `${height}px` }}>
      <td colSpan={COLUMNS.length} />
    </tr>
  );
}

function SortedHeading({ column }: { column: SortKey }) {
  const { installed, t } = useModels();
  const filter = installed.filter.value;
  const next = sortedBy(filter, column);
  const isSorted = filter.sort === column;
  const order = filter.isDescending ? "descending" : "ascending";
  return (
    <th role="columnheader" scope="col" {...(isSorted ? { "aria-sort": order } : {})}>
      <a
        class="models-table__sort"
        href={`/models?${queryOfFilter(next)}`}
        onClick={(event) => {
          event.preventDefault();
          installed.setFilter(next);
        }}
      >
        {t(`models.column.${column}`)}
        {isSorted && <Icon name={filter.isDescending ? "arrow-down" : "arrow-up"} />}
      </a>
    </th>
  );
}
