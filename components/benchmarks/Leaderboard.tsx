import {
  LEADERBOARD_COLUMNS,
  type LeaderboardColumn,
  type LeaderboardFilter,
  queryOfLeaderboard,
  shownRows,
} from "../../lib/client/benchmarks/leaderboard_order.ts";
import { formatDuration } from "../../lib/client/dashboard/figures.ts";
import { formatBytes, formatDay } from "../../lib/client/format.ts";
import type { LeaderboardRow } from "../../lib/shared/mod.ts";
import type { TextKey, Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { shareInterval, shareWords, speedInterval, speedWords, targetName, UNKNOWN } from "./words.ts";

const HEADINGS: Record<LeaderboardColumn, TextKey> = {
  accuracy: "benchmarks.accuracy",
  success: "benchmarks.success",
  firstToken: "benchmarks.firstToken",
  speed: "benchmarks.speed",
  memory: "benchmarks.memory",
  when: "benchmarks.when",
};

interface LeaderboardProps {
  rows: readonly LeaderboardRow[];
  filter: LeaderboardFilter;
  language: string;
  t: Translate;
}

/** What each model came to on each set. Sorted and filtered by the address, so that it needs no script. */
export function Leaderboard({ rows, filter, language, t }: LeaderboardProps) {
  const shown = shownRows(rows, filter);
  return (
    <section class="dashboard-card parts" aria-labelledby="leaderboard">
      <h2 id="leaderboard">{t("benchmarks.leaderboard")}</h2>
      {rows.length > 0 && <LeaderboardForm rows={rows} filter={filter} t={t} />}
      {shown.length === 0
        ? (
          <p class="parts__none">
            {t(rows.length === 0 ? "benchmarks.leaderboard.none" : "benchmarks.leaderboard.noneShown")}
          </p>
        )
        : (
          <div class="parts__scroll" tabIndex={0} role="region" aria-label={t("benchmarks.models")}>
            <table class="figures benchmark-table benchmark-table--ranked">
              <thead>
                <tr>
                  <th scope="col">
                    <span class="visually-hidden">{t("benchmarks.leaderboard.rank")}</span>
                  </th>
                  <th scope="col">{t("benchmarks.model")}</th>
                  <th scope="col">{t("benchmarks.set")}</th>
                  {LEADERBOARD_COLUMNS.map((column) => (
                    <SortedHeading key={column} column={column} filter={filter} t={t} />
                  ))}
                </tr>
              </thead>
              <tbody>
                {shown.map((row, i) => (
                  <Row
                    key={`${row.benchmarkId} ${row.target}`}
                    row={row}
                    rank={i + 1}
                    language={language}
                    t={t}
                  />
                ))}
              </tbody>
            </table>
          </div>
        )}
    </section>
  );
}

function Row(
  { row, rank, language, t }: { row: LeaderboardRow; rank: number; language: string; t: Translate },
) {
  const { summary, memoryBytes } = row;
  return (
    <tr>
      <td class="figures__rank">{rank}</td>
      <th scope="row">
        <a href={`/models/benchmarks/${row.benchmarkId}`}>{targetName(row)}</a>
      </th>
      <td>{row.setName}</td>
      <td>
        {shareWords(summary.accuracy, language)}
        <small>{shareInterval(summary.accuracy, language, t)}</small>
      </td>
      <td>{shareWords(summary.success, language)}</td>
      <td>{formatDuration(summary.firstToken.p50, language)}</td>
      <td>
        {speedWords(summary.tokensPerSecond, language)}
        <small>{speedInterval(summary.tokensPerSecond, language, t)}</small>
      </td>
      <td>{memoryBytes === null ? UNKNOWN : formatBytes(memoryBytes, language)}</td>
      <td>{formatDay(row.at, language)}</td>
    </tr>
  );
}

function SortedHeading({ column, filter, t }: {
  column: LeaderboardColumn;
  filter: LeaderboardFilter;
  t: Translate;
}) {
  const isSorted = filter.sort === column;
  const next = { ...filter, sort: column, isReversed: isSorted && !filter.isReversed };
  const isRising = (column === "firstToken" || column === "memory") !== filter.isReversed;
  return (
    <th scope="col" {...(isSorted ? { "aria-sort": isRising ? "ascending" : "descending" } : {})}>
      <a class="figures__sort" href={`/models/benchmarks?${queryOfLeaderboard(next)}#leaderboard`}>
        {t(HEADINGS[column])}
        {isSorted && <Icon name={isRising ? "arrow-up" : "arrow-down"} />}
      </a>
    </th>
  );
}

function LeaderboardForm({ rows, filter, t }: Pick<LeaderboardProps, "rows" | "filter" | "t">) {
  const sets = new Map(rows.map(({ setId, setName }) => [setId, setName]));
  return (
    <form class="models-filter" role="search" method="get" action="/models/benchmarks#leaderboard">
      <label class="models-filter__search">
        <Icon name="search" />
        <span class="visually-hidden">{t("benchmarks.leaderboard.search")}</span>
        <input
          type="search"
          name="q"
          class="field__control"
          placeholder={t("benchmarks.leaderboard.search")}
          value={filter.query}
        />
      </label>
      <label class="models-filter__choice">
        <span>{t("benchmarks.set")}</span>
        <select name="set" class="field__control">
          <option value="">{t("benchmarks.leaderboard.allSets")}</option>
          {[...sets].map(([id, name]) => (
            <option key={id} value={id} selected={id === filter.setId}>{name}</option>
          ))}
        </select>
      </label>
      <label class="models-filter__choice">
        <span>{t("benchmarks.leaderboard.of")}</span>
        <select name="of" class="field__control">
          {(["latest", "best"] as const).map((of) => (
            <option key={of} value={of} selected={of === filter.of}>
              {t(`benchmarks.leaderboard.${of}`)}
            </option>
          ))}
        </select>
      </label>
      {filter.sort !== "accuracy" && <input type="hidden" name="sort" value={filter.sort} />}
      {filter.isReversed && <input type="hidden" name="order" value="reversed" />}
      <button type="submit" class="button">{t("benchmarks.apply")}</button>
    </form>
  );
}
