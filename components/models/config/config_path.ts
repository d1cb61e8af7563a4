import type { ConfigTab } from "./page_data.ts";

/** Where a model's configuration is. */
export function configPath(model: string, nodeId: string, tab: ConfigTab = "configuration"): string {
  return `/models/configure?${new URLSearchParams({ model, node: nodeId, tab })}`;
}
