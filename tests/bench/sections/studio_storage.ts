import { dirname, join } from "node:path";
import type { Version } from "../../../lib/shared/mod.ts";
import { localPrincipal as me } from "../../../lib/access/mod.ts";
import { openStore, type Store } from "../../../lib/store/mod.ts";
import { VersionStore } from "../../../lib/studio/version_store.ts";
import { startApp } from "../../harness.ts";
import { storeHistory } from "../../studio/edited_project.ts";
import type { Edit } from "../../studio/edit_history.ts";
import { git, hasGit } from "../../studio/git_judge.ts";
import { percentile } from "../report/statistics.ts";
import { formatMegabytes, formatNumber, formatTable, withUnit } from "../report/table.ts";
import type { BenchOptions } from "../section.ts";
import { projectHistory } from "./studio_history.ts";

const VERSIONS = 100;

/** Opening any version of a long history, and the room that the history takes. */
export async function measureStorage({ quick, print }: BenchOptions): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "freshet-bench-" });
  try {
    const edits = projectHistory(VERSIONS);
    const ways: Way[] = [];
    const rounds = quick ? 1 : 5;
    const store = await openStore({ folder });
    let versions: Version[];
    try {
      versions = await storeHistory(store, edits);
      ways.push(...await readVersions(store, versions, rounds));
    } finally {
      store.close();
    }
    const bytes = await databaseBytes(folder);
    ways.push(await getVersions(folder, versions, rounds));
    print(`\n${
      formatTable(
        [`opening any of ${VERSIONS} versions of 40 files`, "p50", "p99", "asked"],
        ways.map(({ name, times }) => [
          name,
          withUnit(percentile(times, 0.5), "ms"),
          withUnit(percentile(times, 0.99), "ms"),
          "2 ms",
        ]),
      )
    }`);
    print(`\n${await room(edits, bytes, folder)}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A way to open versions, with the ms that each took. */
interface Way {
  name: string;
  times: number[];
}

async function readVersions(store: Store, versions: readonly Version[], rounds: number): Promise<Way[]> {
  const shared = new VersionStore(store);
  const ways: (Way & { storeOf: () => VersionStore })[] = [
    { name: "read, with nothing in memory", storeOf: () => new VersionStore(store), times: [] },
    { name: "read again", storeOf: () => shared, times: [] },
  ];
  for (const { projectId, id } of versions) await shared.files(me, projectId, id);
  for (let round = 0; round < rounds; round++) {
    for (const { projectId, id } of versions) {
      for (const { storeOf, times } of ways) {
        const opened = storeOf();
        const startedAt = performance.now();
        await opened.files(me, projectId, id);
        times.push(performance.now() - startedAt);
      }
    }
  }
  return ways;
}

/** Through the whole app but for the network, with all of it as JSON. */
async function getVersions(folder: string, versions: readonly Version[], rounds: number): Promise<Way> {
  await using app = await startApp({ dataFolder: folder });
  const times: number[] = [];
  for (let round = -1; round < rounds; round++) {
    for (const { projectId, id } of versions) {
      const startedAt = performance.now();
      const response = await app.fetch(`/api/projects/${projectId}/versions/${id}/files`);
      const { length } = await response.text();
      if (!response.ok || length < 1_000) throw new Error(`A version was answered ${response.status}`);
      if (round >= 0) times.push(performance.now() - startedAt);
    }
  }
  return { name: "GET …/files, again", times };
}

/** The database holds nothing but the history, and was closed. */
async function databaseBytes(folder: string): Promise<number> {
  let bytes = 0;
  for await (const { name } of Deno.readDir(folder)) {
    if (name.startsWith("freshet.kv")) bytes += (await Deno.stat(join(folder, name))).size;
  }
  return bytes;
}

async function room(edits: readonly Edit[], database: number, folder: string): Promise<string> {
  const encoder = new TextEncoder();
  const copies = edits.reduce(
    (sum, { files }) => sum + [...files.values()].reduce((n, text) => n + encoder.encode(text).length, 0),
    0,
  );
  const repository = await hasGit() ? await repositoryBytes(edits, join(folder, "git")) : undefined;
  const rows = [["Freshet's database, with manifests and diffs", database], ["full copies", copies]] as [
    string,
    number,
  ][];
  if (repository) {
    rows.push(["git, as committed", repository.loose], ["git, after git gc", repository.packed]);
  }
  const table = formatTable(
    [`room for ${edits.length} versions`, "bytes", "of full copies"],
    rows.map(([name, bytes]) => [name, formatMegabytes(bytes), `${formatNumber(100 * bytes / copies)} %`]),
  );
  return repository ? table : `${table}  git is not there to be compared with\n`;
}

/** The same history in git, a commit for each version: bytes of its objects before and after `git gc`. */
async function repositoryBytes(
  edits: readonly Edit[],
  folder: string,
): Promise<{ loose: number; packed: number }> {
  await Deno.mkdir(folder);
  await git(folder, "init", "--quiet");
  for (const [i, { written }] of edits.entries()) {
    for (const { path, content } of written) {
      await Deno.mkdir(dirname(join(folder, path)), { recursive: true });
      await Deno.writeTextFile(join(folder, path), content);
    }
    await git(folder, "add", "--all");
    const author = ["-c", "user.name=Bench", "-c", "user.email=bench@example.com", "-c", "gc.auto=0"];
    await git(folder, ...author, "commit", "--quiet", "-m", `v${i + 1}`);
  }
  const objects = join(folder, ".git", "objects");
  const loose = await bytesBelow(objects);
  await git(folder, "gc", "--quiet", "--prune=now");
  return { loose, packed: await bytesBelow(objects) };
}

async function bytesBelow(folder: string): Promise<number> {
  let bytes = 0;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    bytes += isDirectory ? await bytesBelow(path) : (await Deno.stat(path)).size;
  }
  return bytes;
}
