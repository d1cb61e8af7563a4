import type { ConfigVersion, ModelConfig, ModelCreation } from "../../shared/mod.ts";
import { recordType } from "../../store/mod.ts";

/** A configuration as kept; its versions have records of their own. */
export type ConfigRecord = Omit<ModelConfig, "versions">;

/** A version as kept: what never changes of it. */
export type VersionRecord = Omit<ConfigVersion, "creations" | "activeOn">;

/** A creation as kept: with the process that has it in hand. */
export interface CreationRecord extends ModelCreation {
  /** Of records as they were written before: all are the house's. */
  profileId?: string;
  /** Of the model that is made. */
  name: string;
  /** The id of the process. */
  ownerId: string;
}

/** What a model was before Freshet made others of its name, kept under a name of ours. */
export interface BaseRecord {
  copy: string;
  digest: string;
  /** What Freshet made since: such a model is no base. */
  made: string[];
  /** Set before a model is made: one that is not known afterwards is what came of it, though nobody was there to see. */
  isMaking?: boolean;
}

export const CONFIG = recordType<ConfigRecord>("model configuration");
export const VERSION = recordType<VersionRecord>("version of a model configuration");
export const CREATION = recordType<CreationRecord>("creation of a model");
export const BASE = recordType<BaseRecord>("base of a model configuration");

/** A creation as clients see it. */
export function creationView(
  { profileId: _, name: _name, ownerId: _owner, ...creation }: CreationRecord,
): ModelCreation {
  return creation;
}

/** Whether a process has it in hand. */
export function isCreating({ state }: Pick<ModelCreation, "state">): boolean {
  return state === "waiting" || state === "creating";
}
