import type { ProjectSpec } from "./spec.ts";

/** What one wish leads to. */
export interface Step {
  spec: ProjectSpec;
  /** What was done, as a sentence without its full stop; absent where there was nothing to do. */
  did?: string;
  /** Why there was nothing to do, as a sentence. */
  already?: string;
  /** One to three words. */
  title: string;
}
