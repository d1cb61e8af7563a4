import type { ConfigDraft, ErrorBody, ModelDigests } from "../../../lib/shared/mod.ts";

/** What the page is looked at for. */
export const CONFIG_TABS = ["configuration", "versions", "digests"] as const;

/** One of `CONFIG_TABS`. */
export type ConfigTab = (typeof CONFIG_TABS)[number];

/** A node on which a model can be made. */
export interface ConfigNode {
  nodeId: string;
  name: string;
  /** What it has. */
  models: string[];
}

/** What the page of a model's configuration is rendered from. */
export interface ConfigPageData {
  model: string;
  nodeId: string;
  tab: ConfigTab;
  draft: ConfigDraft | null;
  digests: ModelDigests | null;
  nodes: ConfigNode[];
  /** Why there is nothing to show. */
  problem: ErrorBody | null;
  /** The server's time (ms since 1970), so that both sides render the same. */
  now: number;
}
