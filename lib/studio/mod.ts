/** The build studio: from a prompt to running, versioned code. */
export { type Validate, validateIn } from "./build/validation.ts";
export type { ImageStore } from "./image_store.ts";
export { previewOrigin, Previews, type PreviewsOptions } from "./previews.ts";
export { Processes, type ProcessesOptions } from "./processes.ts";
export * from "./schemas.ts";
export { Studio, type StudioOptions } from "./studio.ts";
export type { DiffedFile } from "./version_diff.ts";
export { collectFolder, type ImportedProject, unzipProject } from "./archive/mod.ts";
