import type { LeaderboardRow } from "../../shared/mod.ts";

/** What the leaderboard can be sorted by. */
export const LEADERBOARD_COLUMNS = ["accuracy", "success", "firstToken", "speed", "memory", "when"] as const;

/** One of `LEADERBOARD_COLUMNS`. */
export type LeaderboardColumn = (typeof LEADERBOARD_COLUMNS)[number];

/** Which rows are shown, and in which order. */
export interface LeaderboardFilter {
  query: string;
  /** "" for all. */
  setId: string;
  of: "latest" | "best";
  sort: LeaderboardColumn;
  /** True for the worst first. */
  isReversed: boolean;
}

/** Reads the filter out of an address; what makes no sense there is left out. */
export function leaderboardFilterOf(query: URLSearchParams): LeaderboardFilter {
  return {
    query: query.get("q") ?? "",
    setId: query.get("set") ?? "",
    of: query.get("of") === "best" ? "best" : "latest",
    sort: LEADERBOARD_COLUMNS.find((column) => column === query.get("sort")) ?? "accuracy",
    isReversed: query.get("order") === "reversed",
  };
}

/** The query of an address that shows the same; what is as it is by itself is left out. */
export function queryOfLeaderboard(filter: LeaderboardFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.query) query.set("q", filter.query);
  if (filter.setId) query.set("set", filter.setId);
  if (filter.of === "best") query.set("of", "best");
  if (filter.sort !== "accuracy") query.set("sort", filter.sort);
  if (filter.isReversed) query.set("order", "reversed");
  return query;
}

/** The rows that a filter shows, the best first; those that lack the figure come last either way. */
export function shownRows(rows: readonly LeaderboardRow[], filter: LeaderboardFilter): LeaderboardRow[] {
  const words = filter.query.toLowerCase().split(/\s+/).filter(Boolean);
  const worth = WORTH[filter.sort];
  const direction = filter.isReversed ? -1 : 1;
  return rows.filter(({ model, nodeName, setId }) =>
    (!filter.setId || setId === filter.setId) &&
    words.every((word) => `${model} ${nodeName ?? ""}`.toLowerCase().includes(word))
  ).toSorted((a, b) => {
    const [x, y] = [worth(a), worth(b)];
    if (x === y) return 0;
    if (x === null) return 1;
    if (y === null) return -1;
    return direction * (y - x);
  });
}

/** More is better; of times and sizes, less is. */
const WORTH: Record<LeaderboardColumn, (row: LeaderboardRow) => number | null> = {
  accuracy: ({ summary }) => summary.accuracy?.share ?? null,
  success: ({ summary }) => summary.success?.share ?? null,
  firstToken: ({ summary }) => negative(summary.firstToken.p50),
  speed: ({ summary }) => summary.tokensPerSecond?.mean ?? null,
  memory: ({ memoryBytes }) => negative(memoryBytes),
  when: ({ at }) => at,
};

function negative(value: number | null): number | null {
  return value === null ? null : -value;
}
