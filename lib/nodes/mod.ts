/** Inference servers: registry, models, discovery, and `dispatch`, through which every call of a model goes. */
export { canChat, ModelCatalog } from "./catalog.ts";
export { defaultModel } from "./default_model.ts";
export type { LocalServer } from "./discovery.ts";
export {
  DEFAULT_PATIENCE,
  Dispatcher,
  type DispatchEvent,
  type ModelCall,
  type Patience,
} from "./dispatch.ts";
export { Nodes, type NodesOptions } from "./nodes.ts";
export { NodeRegistry, type NodeSpec, SKETCH_NODE_ID } from "./registry.ts";
export { estimatePrompt } from "./usage_meter.ts";
