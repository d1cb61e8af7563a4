import type { AliasDraft } from "../../lib/client/nodes/alias_list.ts";
import type {
  ErrorBody,
  ModelAlias,
  NodeDecision,
  NodeLogView,
  NodeStatus,
  QueuedCall,
} from "../../lib/shared/mod.ts";

/** What the page of nodes is rendered from. */
export interface NodesPageData {
  nodes: NodeStatus[];
  queue: QueuedCall[];
  aliases: ModelAlias[];
  /** The node whose details are open, the latest decisions about it, and what was seen of it. */
  selected: string | null;
  decisions: NodeDecision[];
  log: NodeLogView | null;
  /** An alias as it was posted or is to be changed, and what is wrong with it. */
  aliasDraft: AliasDraft;
  aliasProblem: ErrorBody | null;
  /** Why there are no nodes, or what was refused of a posted form. */
  problem: ErrorBody | null;
  /** Whether nodes may be changed, not only looked at. */
  canManage: boolean;
  /** The server's time (ms since 1970), so that both sides render the same. */
  now: number;
}
