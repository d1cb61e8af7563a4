import type { ProjectFile } from "../../../lib/shared/mod.ts";
import { seededRandom } from "../../random.ts";
import type { Edit } from "../../studio/edit_history.ts";
import { below, pick } from "../../studio/random_text.ts";

const FILES = 40;
const LINES = 80;
const SEED = 1;
const WORDS = "const value items index await return request response state store render update price label"
  .split(
    " ",
  );

/** A history as a project of some size has one: 40 files of some 3 KB, of which each version changes a few lines in a few files. */
export function projectHistory(versions: number): Edit[] {
  const random = seededRandom(SEED);
  const line = () => `  ${Array.from({ length: 6 }, () => pick(random, WORDS)).join(" ")};\n`;
  let files = new Map<string, string>();
  for (let i = 0; i < FILES; i++) {
    files.set(`src/part${i % 5}/file${i}.ts`, Array.from({ length: LINES }, line).join(""));
  }
  const edits: Edit[] = [{ parent: null, deleted: [], renamed: [], written: written(files), files }];
  while (edits.length < versions) {
    const changed = new Map<string, string>();
    for (let i = 1 + below(random, 5); i > 0; i--) {
      const path = pick(random, [...files.keys()]);
      const lines = (changed.get(path) ?? files.get(path) ?? "").split(/(?<=\n)/);
      for (let k = 1 + below(random, 8); k > 0; k--) {
        lines.splice(below(random, lines.length), below(random, 2), line());
      }
      changed.set(path, lines.join(""));
    }
    files = new Map([...files, ...changed]);
    edits.push({ parent: edits.length - 1, deleted: [], renamed: [], written: written(changed), files });
  }
  return edits;
}

function written(files: ReadonlyMap<string, string>): ProjectFile[] {
  return [...files].map(([path, content]) => ({ path, content }));
}
