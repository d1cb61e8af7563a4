import type { DigestEntry } from "../../shared/mod.ts";
import { recordType } from "../../store/mod.ts";

/** Which models a node had under a name. */
export interface DigestRecord {
  model: string;
  /** Newest first. */
  entries: DigestEntry[];
  /** When a change that nobody has noted was seen. */
  changedAt?: number;
}

export const DIGEST = recordType<DigestRecord>("digests of a model");
