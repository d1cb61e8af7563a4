/** Sketch, the built-in model that answers by rules. */
export { FOOTER as SKETCH_FOOTER, SKETCH_CONTEXT_LENGTH, SKETCH_MODEL } from "./about.ts";
export type { Delay } from "./delay.ts";
export type { DocumentationPage, DocumentationSource } from "./documentation.ts";
export { createSketch, type SketchOptions } from "./provider.ts";
