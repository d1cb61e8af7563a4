import { join } from "node:path";

/** Where the files of a tree come. They wait in a hidden folder there until the records are restored. */
export interface TreePlan {
  name: string;
  /** Names the hidden folder. */
  id: string;
  target: string;
  /** Whether the target was made for it. */
  isMade: boolean;
  /** The record of the folder, and the path that it names. */
  folder?: { key: string[]; path: string };
}

/** The hidden folder in which a tree waits. */
export function stagingOf({ target, id }: TreePlan): string {
  return join(target, `.freshet-restore-${id}`);
}
