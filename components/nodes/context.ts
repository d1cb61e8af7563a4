import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Painter } from "../../lib/client/canvas/painter.ts";
import type { AliasList } from "../../lib/client/nodes/alias_list.ts";
import type { NodeDetails } from "../../lib/client/nodes/node_details.ts";
import type { NodeOrder } from "../../lib/client/nodes/node_order.ts";
import type { NodesApi } from "../../lib/client/nodes/nodes_api.ts";
import type { NodesBoard } from "../../lib/client/nodes/nodes_board.ts";
import type { Toasts } from "../../lib/client/toasts.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** What the components of the page of nodes share. */
export interface NodesScopeValue {
  t: Translate;
  /** "en" or "de". */
  language: string;
  /** Whether nodes may be changed, not only looked at. */
  canManage: boolean;
  api: NodesApi;
  board: NodesBoard;
  order: NodeOrder;
  details: NodeDetails;
  aliases: AliasList;
  painter: Painter;
  toasts: Toasts;
  /** Says something to screen readers. */
  announce(text: string): void;
  /** Tells of a failure in a toast. */
  report(error: unknown): void;
}

export const NodesContext = createContext<NodesScopeValue | null>(null);

/** What the page of nodes shares. Throws outside of a `NodesScope`. */
export function useNodes(): NodesScopeValue {
  const value = useContext(NodesContext);
  if (!value) throw new Error("Cannot use the nodes' scope outside of a NodesScope");
  return value;
}
