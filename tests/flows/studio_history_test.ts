import { assert, assertEquals, assertRejects } from "@std/assert";
import { FreshetError, type ManifestFile, type Version } from "../../lib/shared/mod.ts";
import { localPrincipal as me } from "../../lib/access/mod.ts";
import { applyDiff } from "../../lib/diff/mod.ts";
import { systemClock } from "../../lib/host/mod.ts";
import { keys, openStore, sha256Hex, type Store } from "../../lib/store/mod.ts";
import { withStudio } from "../../lib/studio/testing.ts";
import { VersionStore } from "../../lib/studio/version_store.ts";
import { seededRandom } from "../random.ts";
import { type Damage, damageBlob, DAMAGES } from "../studio/blob_damage.ts";
import { type Edit, randomHistory } from "../studio/edit_history.ts";
import { storeHistory } from "../studio/edited_project.ts";
import { GitJudge, hasGit } from "../studio/git_judge.ts";
import { editByStudio, type Editor } from "../studio/studio_edits.ts";
import { pick } from "../studio/random_text.ts";

/** 1,000 in `test:slow`. */
const HISTORIES = Number(Deno.env.get("FRESHET_HISTORIES") ?? 400);
/** Of them made by the studio itself, as a person would. */
const BY_STUDIO = 24;
const AT_A_TIME = 8;
const SEED = 20261121;

const git = await hasGit();
const hash = (text: string) => sha256Hex(new TextEncoder().encode(text));

Deno.test({
  name: git
    ? `${HISTORIES} random histories are what git makes of them, and damaged files are noticed`
    : "random histories are what git makes of them (git is not there to judge)",
  ignore: !git,
  fn: async () => {
    const store = await openStore({ folder: ":memory:" });
    await using judge = await GitJudge.start();
    const noticed = new Map<Damage, number>(DAMAGES.map((damage) => [damage, 0]));
    try {
      await withStudio(
        async (editor) => {
          let next = 0;
          const work = async () => {
            for (let h = next++; h < HISTORIES; h = next++) {
              const damage = await judgeHistory(judge, store, h, editor);
              if (damage) noticed.set(damage, (noticed.get(damage) ?? 0) + 1);
            }
          };
          await Promise.all(Array.from({ length: AT_A_TIME }, work));
        },
        systemClock,
        store,
      );
    } finally {
      store.close();
    }
    const trees = await judge.trees();
    assert(trees.size > HISTORIES * 4, `only ${trees.size} versions`);
    for (const [name, { changed, whole }] of trees) {
      assertEquals([name, whole?.length, whole], [name, 40, changed]);
    }
    for (const [damage, count] of noticed) assert(count > HISTORIES / 60, `${damage}: ${count}`);
  },
});

/** One history, with some damage to every fourth; the damage, where it was noticed. */
async function judgeHistory(
  judge: GitJudge,
  store: Store,
  h: number,
  editor: Editor,
): Promise<Damage | null> {
  const random = seededRandom(SEED + h);
  const edits = randomHistory(random);
  const versions = h < BY_STUDIO ? await editByStudio(editor, edits) : await storeHistory(store, edits);
  await tell(judge, new VersionStore(store), `${h}`, edits, versions);
  if (h % 4 > 0) return null;
  const damage = pick(random, DAMAGES);
  return await isNoticed(store, random, damage, pick(random, versions)) ? damage : null;
}

/** Tells git a history, by what was edited and by what is read back; and checks what is kept of the changes. */
async function tell(
  judge: GitJudge,
  store: VersionStore,
  history: string,
  edits: readonly Edit[],
  versions: readonly Version[],
): Promise<void> {
  const marks: number[] = [];
  for (const [i, edit] of edits.entries()) {
    const version = versions[i];
    assert(version);
    assertEquals([version.status, version.number], ["complete", i + 1]);
    const name = `${history}.${i}`;
    const mark = await judge.change(name, edit.parent === null ? null : marks[edit.parent] ?? null, edit);
    marks.push(mark);
    const { files } = await store.files(me, version.projectId, version.id);
    await judge.whole(name, mark, files);
    const parent = edit.parent === null ? undefined : edits[edit.parent];
    await checkChanges(store, version, parent?.files ?? new Map(), edit.files);
    assertEquals(version.fileCount, files.length);
  }
}

/** The changes are those of the edit, and each diff makes of the parent's content the one that the version has. */
async function checkChanges(
  store: VersionStore,
  { id, projectId, changes }: Version,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Promise<void> {
  const operations = [
    ...[...after].flatMap(([path, content]) => {
      if (!before.has(path)) return [{ path, operation: "created" }];
      return before.get(path) === content ? [] : [{ path, operation: "modified" }];
    }),
    ...[...before.keys()].filter((path) => !after.has(path)).map((path) => ({
      path,
      operation: "deleted",
    })),
  ].sort((a, b) => a.path < b.path ? -1 : 1);
  assertEquals(changes.map(({ path, operation }) => ({ path, operation })), operations);
  const diffs = await store.diffs({ profileId: me.profileId, projectId }, id);
  const modified = operations.filter(({ operation }) => operation === "modified");
  assertEquals(diffs.map(({ path }) => path).sort(), modified.map(({ path }) => path));
  const manifest = await store.manifest({ profileId: me.profileId, projectId }, id);
  const hashes = new Map(manifest.map(({ path, sha256 }) => [path, sha256]));
  for (const { path, diff } of diffs) {
    assertEquals(await hash(applyDiff(before.get(path) ?? "", diff)), hashes.get(path));
  }
}

/**
 * Damages one file of a version. It is named, or what is read is right all the same: a few bits say nothing about the content.
 * The other files are still there, and so is this one when the damage is undone.
 */
async function isNoticed(
  store: Store,
  random: () => number,
  damage: Damage,
  { projectId, id }: Version,
): Promise<boolean> {
  const place = { profileId: me.profileId, projectId };
  const manifest = await new VersionStore(store).manifest(place, id);
  if (manifest.length === 0) return false;
  const file = pick(random, manifest);
  const blob = ({ sha256 }: ManifestFile) => keys.projectBlob(place.profileId, projectId, sha256);
  const other = manifest.find(({ sha256 }) => sha256 !== file.sha256);
  const { files: good } = await new VersionStore(store).files(me, projectId, id);
  const undo = await damageBlob(store, random, damage, blob(file), other && blob(other));
  if (!undo) return false;
  let isFound = false;
  const fresh = new VersionStore(store);
  for (const { path, sha256, size, content } of good) {
    const reading = fresh.blobs.read(place.profileId, projectId, { path, sha256, size });
    if (sha256 !== file.sha256) {
      assertEquals(await reading, content);
      continue;
    }
    try {
      assertEquals(await reading, content, "A damaged content was served");
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      assertEquals([error.code, error.message.includes(path)], ["storage", true], error.message);
      isFound = true;
    }
  }
  if (isFound) {
    const error = await assertRejects(() => new VersionStore(store).files(me, projectId, id), FreshetError);
    const named = manifest.filter(({ sha256 }) => sha256 === file.sha256);
    assert(named.some(({ path }) => error.message.includes(path)), error.message);
  }
  await undo();
  assertEquals((await new VersionStore(store).files(me, projectId, id)).files, good);
  return isFound;
}
