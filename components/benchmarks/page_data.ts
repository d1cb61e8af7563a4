import type { CreateBenchmarkBody, PromptSetInfo } from "../../lib/shared/mod.ts";

/** A model that can be measured, with the nodes that have it. */
export interface MeasurableModel {
  id: string;
  nodes: { id: string; name: string }[];
}

/** What the form for a benchmark is rendered from. */
export interface BenchmarkFormData {
  sets: PromptSetInfo[];
  models: MeasurableModel[];
  /** What was chosen and typed before. */
  given: CreateBenchmarkBody;
  /** Models of one benchmark at most. */
  targetsMax: number;
  /** Sent with the form, so that a form that is sent twice begins once. */
  requestKey: string;
}
