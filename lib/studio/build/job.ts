import type { ContentPart, Project, Version } from "../../shared/mod.ts";
import type { ApiKeys, Principal } from "../../access/mod.ts";
import type { Clock } from "../../host/mod.ts";
import type { Nodes } from "../../nodes/mod.ts";
import type { VersionStore } from "../version_store.ts";
import type { ModelForms } from "./model_forms.ts";
import type { Validate } from "./validation.ts";

/** What the making of a version needs. */
export interface BuildOptions {
  nodes: Nodes;
  /** Says whether a key that asked may still ask when its turn comes. */
  apiKeys: Pick<ApiKeys, "recall">;
  versions: VersionStore;
  forms: ModelForms;
  clock: Clock;
  validate: Validate;
}

/** One version to be made. */
export interface BuildJob {
  principal: Principal;
  project: Project;
  version: Version;
  /** The requests of the versions before, oldest first. */
  earlierRequests: string[];
  images: ContentPart[];
}
