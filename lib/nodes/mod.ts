/** Inference servers: registry, models, discovery, and `dispatch`, through which every call of a model goes. */
export { Aliases } from "./aliases.ts";
export { canChat, ModelCatalog } from "./catalog.ts";
export { nodesChangedElsewhere } from "./changed_elsewhere.ts";
export { defaultModel } from "./default_model.ts";
export type { LocalServer } from "./discovery.ts";
export {
  DEFAULT_PATIENCE,
  type DispatchEvent,
  type EmbeddingCall,
  type ModelCall,
  type NodeChosen,
  type Patience,
} from "./dispatch/calls.ts";
export { Dispatcher } from "./dispatch/dispatcher.ts";
export type { QueuePosition } from "./queue/scheduler.ts";
export { Nodes, type NodesOptions } from "./nodes.ts";
export { NodeRegistry, type NodeSpec, SKETCH_NODE_ID } from "./registry.ts";
export { estimatePrompt } from "./dispatch/usage_meter.ts";
