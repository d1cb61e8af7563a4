import type { CreatedVersion, ProjectFile, Version } from "../../lib/shared/mod.ts";
import { localPrincipal as me } from "../../lib/access/mod.ts";
import type { Studio } from "../../lib/studio/mod.ts";
import type { Edit } from "./edit_history.ts";

/** A studio, and how to wait for a version of it. */
export interface Editor {
  studio: Studio;
  ended(created: CreatedVersion): Promise<Version>;
}

/**
 * Makes a history of edits in the studio as a person would: an import, edits, branches where an edit begins with another
 * version than the newest, and restores where it brings the files of an earlier one back.
 */
export async function editByStudio({ studio, ended }: Editor, edits: readonly Edit[]): Promise<Version[]> {
  const versions: Version[] = [];
  for (const [i, edit] of edits.entries()) {
    if (edit.parent === null) {
      const files = [...edit.files].map(([path, content]) => ({ path, content }));
      versions.push(await ended(await studio.import(me, { name: "History", files })));
      continue;
    }
    const parent = versions[edit.parent];
    if (!parent) throw new Error("A version's parent is made before it");
    if (edit.parent < i - 1) {
      await studio.branch(me, parent.projectId, {
        name: `from v${parent.number} for v${i + 1}`,
        versionId: parent.id,
      });
    }
    const source = edit.restored === undefined ? undefined : versions[edit.restored];
    if (source) {
      const body = { origin: "restore" as const, versionId: source.id };
      const { version } = await studio.createVersion(me, parent.projectId, body, null);
      if (version?.parentId !== parent.id) throw new Error("The version was restored at another place");
      versions.push(version);
      continue;
    }
    const created = await studio.createVersion(me, parent.projectId, {
      origin: "edit",
      parentId: parent.id,
      files: writtenFiles(edit),
      deleted: [...edit.deleted, ...edit.renamed.map(({ from }) => from)],
    }, null);
    versions.push(await ended(created));
  }
  return versions;
}

/** To the studio a renamed file is a new one. */
function writtenFiles({ renamed, written, files }: Edit): ProjectFile[] {
  return [...renamed.map(({ to }) => ({ path: to, content: files.get(to) ?? "" })), ...written];
}
