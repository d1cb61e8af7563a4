import type { Principal } from "../access/mod.ts";

/** Pictures that prompts come with; the chat's files are such a store. */
export interface ImageStore {
  /** Throws `not_found` where one is missing. */
  getAll(principal: Principal, ids: readonly string[]): Promise<{ id: string; mediaType: string }[]>;
  bytes(principal: Principal, id: string): Promise<Uint8Array | null>;
  /** Adds to a commit that the pictures are kept with a project. */
  keep(
    principal: Principal,
    operation: Deno.AtomicOperation,
    ids: readonly string[],
    projectId: string,
  ): void;
  /** Says that a project needs a picture no more. */
  release(profileId: string, id: string, projectId: string): Promise<void>;
}
