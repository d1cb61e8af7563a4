import type { MarketModel } from "../../shared/mod.ts";
import { fitOf, type MachineMemory } from "./fit.ts";

/** What of the catalogue is shown. */
export interface MarketFilter {
  query: string;
  /** Only what fits into the memory of the node that is downloaded to. */
  fitsOnly: boolean;
  /** The node to download to; "" for the first one. */
  nodeId: string;
}

/** Reads the filter out of an address. */
export function marketFilterOf(query: URLSearchParams): MarketFilter {
  return {
    query: query.get("q") ?? "",
    fitsOnly: query.get("fits") === "1",
    nodeId: query.get("node") ?? "",
  };
}

/** The query of an address that shows the same. */
export function queryOfMarket({ query, fitsOnly, nodeId }: MarketFilter): URLSearchParams {
  const search = new URLSearchParams();
  if (query) search.set("q", query);
  if (fitsOnly) search.set("fits", "1");
  if (nodeId) search.set("node", nodeId);
  return search;
}

/**
 * The models whose name, maker, licence or abilities have every word, each with the sizes that fit where only those are asked
 * for; where its memory is not known, that leaves nothing out.
 */
export function shownMarket(
  models: readonly MarketModel[],
  { query, fitsOnly }: MarketFilter,
  machine: MachineMemory | undefined,
): MarketModel[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return models.flatMap((model) => {
    const { id, title, maker, license, capabilities } = model;
    const text = [id, title, maker, license, ...capabilities].join(" ").toLowerCase();
    if (!words.every((word) => text.includes(word))) return [];
    if (!fitsOnly) return [model];
    const variants = model.variants.filter(({ sizeBytes }) =>
      !machine || fitOf(sizeBytes, machine) !== "tooLarge"
    );
    return variants.length > 0 ? [{ ...model, variants }] : [];
  });
}
