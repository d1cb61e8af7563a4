import type { InstalledModel } from "../../shared/mod.ts";

/** What the table can be sorted by. */
export const SORT_KEYS = ["name", "size", "parameters", "context", "used", "speed"] as const;

/** One of `SORT_KEYS`. */
export type SortKey = (typeof SORT_KEYS)[number];

/** Which models are shown, and in which order. */
export interface ModelFilter {
  query: string;
  /** "" for all. */
  nodeId: string;
  /** "" for all. */
  capability: string;
  isLoaded: boolean;
  sort: SortKey;
  isDescending: boolean;
}

export const NO_FILTER: ModelFilter = {
  query: "",
  nodeId: "",
  capability: "",
  isLoaded: false,
  sort: "name",
  isDescending: false,
};

/** Reads the filter out of an address; what makes no sense there is left out. */
export function filterOf(query: URLSearchParams): ModelFilter {
  const sort = SORT_KEYS.find((key) => key === query.get("sort")) ?? "name";
  return {
    query: query.get("q") ?? "",
    nodeId: query.get("node") ?? "",
    capability: query.get("can") ?? "",
    isLoaded: query.get("loaded") === "1",
    sort,
    isDescending: query.get("order") === "desc",
  };
}

/** The query of an address that shows the same; what is as it is by itself is left out. */
export function queryOfFilter(filter: ModelFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.query) query.set("q", filter.query);
  if (filter.nodeId) query.set("node", filter.nodeId);
  if (filter.capability) query.set("can", filter.capability);
  if (filter.isLoaded) query.set("loaded", "1");
  if (filter.sort !== "name") query.set("sort", filter.sort);
  if (filter.isDescending) query.set("order", "desc");
  return query;
}

/** The filter after a press on a column's heading: large numbers come first, names from A. */
export function sortedBy(filter: ModelFilter, sort: SortKey): ModelFilter {
  if (filter.sort === sort) return { ...filter, isDescending: !filter.isDescending };
  return { ...filter, sort, isDescending: sort !== "name" };
}

/** The models that a filter shows, in its order; those that lack the figure come last either way. */
export function shownModels(models: readonly InstalledModel[], filter: ModelFilter): InstalledModel[] {
  const words = filter.query.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = models.filter((model) => {
    const text = `${model.id} ${model.family ?? ""} ${model.quantization ?? ""} ${model.parameters ?? ""}`
      .toLowerCase();
    return words.every((word) => text.includes(word)) &&
      (!filter.nodeId || model.holders.some(({ nodeId }) => nodeId === filter.nodeId)) &&
      (!filter.capability || model.capabilities.some((capability) => capability === filter.capability)) &&
      (!filter.isLoaded || model.holders.some(({ loaded }) => loaded));
  });
  const direction = filter.isDescending ? -1 : 1;
  const byName = (a: InstalledModel, b: InstalledModel) =>
    NAMES.compare(a.id, b.id) || (a.id < b.id ? -1 : 1);
  if (filter.sort === "name") return shown.sort((a, b) => direction * byName(a, b));
  const figure = FIGURES[filter.sort];
  return shown.sort((a, b) => {
    const [x, y] = [figure(a), figure(b)];
    if (x === y) return byName(a, b);
    if (x === null) return 1;
    if (y === null) return -1;
    return direction * (x - y);
  });
}

/** qwen3:8b comes before qwen3:14b; of one language, as the server and the page must agree. */
const NAMES = new Intl.Collator("en", { numeric: true });

const FIGURES: Record<Exclude<SortKey, "name">, (model: InstalledModel) => number | null> = {
  size: ({ sizeBytes }) => sizeBytes ?? null,
  parameters: ({ parameters }) => parametersOf(parameters),
  context: ({ contextLength }) => contextLength ?? null,
  used: ({ use }) => use?.lastUsedAt ?? null,
  speed: ({ use }) => use?.tokensPerSecond ?? null,
};

/** How many parameters "8.2B", "567M" or "8x7B" are; null for anything else. */
export function parametersOf(text: string | undefined): number | null {
  const found = /^(?:(\d+)x)?([\d.]+)\s*([KMBT])$/i.exec(text?.trim() ?? "");
  if (!found) return null;
  const [, times = "1", count = "0", unit = "B"] = found;
  const factor = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }[unit.toUpperCase()] ?? 1;
  return Math.round(Number(times) * Number(count) * factor);
}
