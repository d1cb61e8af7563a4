import type { CreateProjectBody, ProjectKind } from "../../shared/mod.ts";

/** What may be asked for; `auto` leaves it to what the prompt says. */
export const ASK_KINDS = ["auto", "ui", "api", "both"] as const;

/** One of `ASK_KINDS`. */
export type AskKind = typeof ASK_KINDS[number];

/** A project that is being asked for, as the form holds it. */
export interface AskDraft {
  prompt: string;
  kind: AskKind;
  /** The model's id; "" for the best one. */
  model: string;
}

/** The examples that the page offers. */
export const EXAMPLES = ["chat", "crypto", "appointments", "rest"] as const;

/** One of `EXAMPLES`. */
export type ExampleId = typeof EXAMPLES[number];

/** The kinds that a choice stands for. */
const KINDS_OF: Readonly<Record<AskKind, ProjectKind[] | undefined>> = {
  auto: undefined,
  ui: ["ui"],
  api: ["api"],
  both: ["ui", "api"],
};

/** The draft as the API takes it. */
export function bodyOf(draft: AskDraft, imageIds: readonly string[] = []): CreateProjectBody {
  const body: CreateProjectBody = { prompt: draft.prompt.trim() };
  const kinds = KINDS_OF[draft.kind];
  if (kinds) body.kinds = kinds;
  if (draft.model) body.model = draft.model;
  if (imageIds.length > 0) body.imageIds = [...imageIds];
  return body;
}

/** Whether a value is one of `ASK_KINDS`. */
export function isAskKind(value: unknown): value is AskKind {
  return ASK_KINDS.some((kind) => kind === value);
}

/** Whether a value is one of `EXAMPLES`. */
export function isExample(value: unknown): value is ExampleId {
  return EXAMPLES.some((id) => id === value);
}
