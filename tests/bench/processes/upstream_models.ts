/** How a model of the bench's upstream answers. */
export interface UpstreamModel {
  id: string;
  /** Pieces of text. */
  pieces: number;
  /** ms between two pieces; 0 for as fast as they are read. */
  paceMs: number;
  /** True for pieces that say when they were sent (see `stamp`). */
  isStamped?: boolean;
}

/** Short answers, as many as there can be. */
export const SHORT: UpstreamModel = { id: "bench-short", pieces: 20, paceMs: 0 };
/** Answers of which a reader never sees the end. */
export const FLOOD: UpstreamModel = { id: "bench-flood", pieces: 100_000, paceMs: 0 };
/** 50 pieces a second, as a fast model has them. */
export const PACED: UpstreamModel = { id: "bench-paced", pieces: 100, paceMs: 20 };
/** The same, with times in place of words. */
export const STAMPED: UpstreamModel = { id: "bench-stamped", pieces: 60, paceMs: 20, isStamped: true };
/** The same for so long that a thousand subscribers are there before the end. */
export const STAMPED_LONG: UpstreamModel = {
  id: "bench-stamped-long",
  pieces: 600,
  paceMs: 20,
  isStamped: true,
};
/** An answer of four seconds, for many of them at once; served by the paced upstream alone. */
export const LONG_PACED: UpstreamModel = { id: "bench-long-paced", pieces: 200, paceMs: 20 };

/** All models of the upstream. */
export const UPSTREAM_MODELS: readonly UpstreamModel[] = [SHORT, FLOOD, PACED, STAMPED, STAMPED_LONG];

/** Events in a whole stream: the role, the pieces, the finish reason and `[DONE]`. */
export function eventsOf({ pieces }: UpstreamModel): number {
  return pieces + 3;
}

/** The answer to `GET /v1/models`. */
export function modelList(models: readonly UpstreamModel[]) {
  return {
    object: "list",
    data: models.map(({ id }) => ({ id, object: "model", created: 1, owned_by: "bench" })),
  };
}

/** The text of the LONG_PACED model's piece at a place, of which no two are the same. */
export function numberedPiece(at: number): string {
  return ` ${at}`;
}
