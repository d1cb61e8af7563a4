import type { Principal } from "../principal.ts";

/** About how many tokens a prompt has; a function is called only where tokens are limited. */
export type PromptTokens = number | (() => number);

/** Decides whether a call of a model may begin now. */
export interface AdmissionControl {
  /**
   * Admits a call, or throws `rate_limited` with the seconds to wait; a refused call takes nothing. `promptTokens` is an
   * estimate, or makes one where it is needed; `maxTokens` is what the caller lets the model write at most, where it said so (0 for embeddings).
   */
  begin(principal: Principal, promptTokens: PromptTokens, maxTokens?: number): Promise<Admission>;
}

/** A call that may go on. */
export interface Admission {
  /** Says what the call has really used, 0 where it failed. Only the first time counts; to be called in every case. */
  settle(totalTokens: number): void;
  /** The headers that tell the caller what is left; none where nothing is limited. */
  headers(): Record<string, string>;
}

/** The admission where nothing is limited. */
export const UNLIMITED: Admission = { settle: () => {}, headers: () => ({}) };
