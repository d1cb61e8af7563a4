import type { NodeView } from "../../shared/mod.ts";
import type { NodeState } from "../health/node_state.ts";

/** A node that may be asked, with what is known of it. */
export interface Option {
  node: NodeView;
  state: NodeState;
}

/** A node with what asking it now would cost, in ms for one unit of weight. */
export interface Priced extends Option {
  cost: number;
  isLoaded: boolean;
}
