import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "node:path";
import { FreshetError } from "../../../shared/mod.ts";
import { keys } from "../../keys.ts";
import { LAYOUT } from "../../layout.ts";
import { recordType } from "../../mod.ts";
import { openStore, type Store } from "../../store.ts";
import { Archive } from "../archive.ts";
import { restore, resumeRestore } from "../restore.ts";
import { takeBackup } from "../take_backup.ts";
import { rewrite } from "../testing.ts";
import { measureFiles } from "./measure.ts";
import { placeTrees } from "./place_tree.ts";
import { stageTrees } from "./restore_trees.ts";
import { TreeOrder } from "./tree_index.ts";
import { planTrees } from "./tree_plan.ts";

const FOLDER = recordType<{ id: string; name: string; path: string }>("file folder");
const LONG = `${"länger ".repeat(30)}.txt`;

interface Bench {
  /** Everything of the test. */
  root: string;
  docs: string;
  source: Store;
  archive: string;
  /** Backs up and says what it came to. */
  take(password?: string, signal?: AbortSignal): ReturnType<typeof takeBackup>;
  /** Restores into an empty store whose data folder is `data-<n>`. */
  into(options?: { archive?: string; password?: string; onWriting?: () => void }): Promise<Restored>;
}

interface Restored {
  report: Awaited<ReturnType<typeof restore>>;
  /** The path of the folder's record. */
  folder: string | undefined;
  trash: string;
}

function filesTest(name: string, test: (bench: Bench) => Promise<void>): void {
  Deno.test(name, async () => {
    const root = await Deno.realPath(await Deno.makeTempDir());
    const data = join(root, "data");
    await Deno.mkdir(data);
    const source = await openStore({ folder: data });
    const stores: Store[] = [source];
    const docs = join(root, "docs");
    await fill(docs);
    await addFolder(source, "f1", docs);
    await trash(source, data);
    const archive = join(root, "backup.zip");
    const files = { trash: join(data, "trash"), closed: [data] };
    const what = { createdAt: 1, freshet: "0" };
    try {
      await test({
        root,
        docs,
        source,
        archive,
        take: (password, signal) => takeBackup(source, archive, { ...what, files, password, signal }),
        into: async ({ archive: path = archive, ...options } = {}) => {
          const folder = join(root, `data-${stores.length}`);
          await Deno.mkdir(folder, { recursive: true });
          await Deno.copyFile(join(data, "secret.key"), join(folder, "secret.key"));
          const store = await openStore({ folder });
          stores.push(store);
          const trash = join(folder, "trash");
          const target = {
            trash,
            beside: `${folder}-files`,
            mayHold: (path: string) => path.startsWith(root),
          };
          const report = await restore(store, { path, now: 1, files: target, ...options });
          const record = await store.get(FOLDER, keys.fileFolder("local", "f1"));
          return { report, folder: record?.value.path, trash };
        },
      });
    } finally {
      for (const store of stores) store.close();
      await Deno.remove(root, { recursive: true });
    }
  });
}

/** Names of all kinds, a link that leads out, a pipe, an empty folder, a content of several chunks. */
async function fill(docs: string): Promise<void> {
  await Deno.mkdir(join(docs, "a", "empty"), { recursive: true });
  await Deno.writeTextFile(join(docs, "a", "Grüße 🌊.txt"), "hello");
  await Deno.writeTextFile(join(docs, "a-b"), "sorts between a and its content");
  await Deno.writeTextFile(join(docs, LONG), "");
  await Deno.writeFile(join(docs, "large"), new Uint8Array(700_001).fill(7));
  await Deno.chmod(join(docs, "a-b"), 0o640);
  await Deno.utime(join(docs, "a-b"), 1, new Date(1_700_000_000_000));
  await Deno.symlink("/etc/passwd", join(docs, "link"));
  await new Deno.Command("mkfifo", { args: [join(docs, "pipe")] }).output();
}

async function addFolder(store: Store, id: string, path: string): Promise<void> {
  const key = keys.fileFolder("local", id);
  await store.kv.set(key, store.encode(FOLDER, { id, name: "My docs", path }));
}

async function trash(store: Store, data: string): Promise<void> {
  for (const id of ["t1", "unknown"]) {
    await Deno.mkdir(join(data, "trash", id, "content"), { recursive: true });
    await Deno.writeTextFile(join(data, "trash", id, "content", "old.txt"), id);
  }
  const record = recordType<{ id: string }>("trashed file");
  await store.kv.set(keys.trashedFile("local", "t1"), store.encode(record, { id: "t1" }));
}

async function listing(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory) found.push(name);
    else found.push(...(await listing(join(folder, name))).map((path) => `${name}/${path}`), `${name}/`);
  }
  return found.sort();
}

const CONTENT = [LONG, "a-b", "a/", "a/Grüße 🌊.txt", "a/empty/", "large"].sort();

filesTest("folders and the trash go into the archive and back where nothing is", async (bench) => {
  const { docs, root } = bench;
  const { manifest } = await bench.take();
  const [folder, deleted] = manifest.trees ?? [];
  assertEquals([folder?.files, folder?.folders, folder?.leftOut, deleted?.files], [4, 2, 2, 1]);
  assertEquals(folder?.named, [{ path: "link", why: "link" }, { path: "pipe", why: "special" }]);
  await Deno.remove(docs, { recursive: true });
  const { report, folder: path, trash } = await bench.into();
  assertEquals([path, report.files?.files, report.files?.folders], [docs, 5, [{ path: docs }]]);
  assertEquals(await listing(docs), CONTENT);
  assertEquals((await Deno.readFile(join(docs, "large"))).length, 700_001);
  const { mode, mtime } = await Deno.stat(join(docs, "a-b"));
  assertEquals([(mode ?? 0) & 0o777, mtime?.getTime()], [0o640, 1_700_000_000_000]);
  assertEquals(await listing(trash), ["t1/", "t1/content/", "t1/content/old.txt"]);
  assert(!(await listing(root)).some((name) => name.includes("freshet-restore")));
});

filesTest("a password hides the names too, and where something is, files come beside", async (bench) => {
  const { docs } = bench;
  await bench.take("secret");
  const bytes = new TextDecoder("latin1").decode(await Deno.readFile(bench.archive));
  assert(!bytes.includes("a-b") && !bytes.includes("old.txt"));
  await Deno.writeTextFile(join(docs, "a-b"), "mine");
  const { report, folder } = await bench.into({ password: "secret" });
  const beside = join(bench.root, "data-1-files", "My docs");
  assertEquals([folder, report.files?.folders], [beside, [{ path: beside, before: docs }]]);
  assertEquals(await listing(beside), CONTENT);
  assertEquals(await Deno.readTextFile(join(docs, "a-b")), "mine");
});

filesTest("a folder within another is in it once, and its record follows it", async (bench) => {
  await addFolder(bench.source, "f2", join(bench.docs, "a"));
  const { manifest } = await bench.take();
  assertEquals(manifest.trees?.map(({ name }) => name), ["folder-1", "trash"]);
  const { folder } = await bench.into();
  assertEquals(folder, join(bench.root, "data-1-files", "My docs"));
});

filesTest(
  "a file that is written to meanwhile is read again, and noted where it never rests",
  async (bench) => {
    const path = join(bench.docs, "log");
    using file = await Deno.open(path, { write: true, create: true });
    await file.write(new Uint8Array(3_000_000));
    // It is asked at every chunk: no reading goes by without a change, however fast it is.
    const { signal } = new AbortController();
    const change = () => void file.writeSync(new Uint8Array(1));
    Object.defineProperty(signal, "throwIfAborted", { value: change });
    const { manifest } = await bench.take(undefined, signal);
    assertEquals(manifest.trees?.[0]?.changed, 1);
    await bench.into();
    const size = (await Deno.stat(join(bench.root, "data-1-files", "My docs", "log"))).size;
    assert(size >= 3_000_000, `${size}`);
  },
);

filesTest("an archive whose files were changed is refused, and nothing is written", async (bench) => {
  await bench.take();
  await Deno.remove(bench.docs, { recursive: true });
  const bad = join(bench.root, "bad.zip");
  const [index, tar] = ["files/folder-1.jsonl", "files/folder-1.tar"];
  const change = (from: string, to: string) => (text: string) => text.replace(from, to);
  const cases: [Parameters<typeof rewrite>[2], string][] = [
    [{ [index]: change('"path":"a-b"', '"path":"../"') }, "is not where its index says"],
    [{ [tar]: change("a-b\0", "../\0") }, "the list of files cannot be read"],
    [{ [index]: (text) => text + text }, "more than its list of contents says"],
    [{ [tar]: change("sorts between", "SORTS between") }, '"a-b" is not what its hash says'],
    [{ [tar]: null }, "files/folder-1.tar is missing"],
    [{ "files/folder-2.tar": () => "" }, "does not belong there"],
  ];
  for (const [changes, message] of cases) {
    await rewrite(bench.archive, bad, changes);
    const read = async () => {
      using archive = await Archive.open(bad, { cipher: bench.source.cipher, layout: LAYOUT });
      await archive.verify();
    };
    assertStringIncludes((await assertRejects(read, FreshetError)).message, message);
  }
  await assertRejects(() => bench.into({ archive: bad }), FreshetError);
  assertEquals((await listing(bench.root)).filter((name) => /docs|files|restore/.test(name)), []);
});

Deno.test("entries stand below their folders, in order, and lead nowhere else", () => {
  const order = (...entries: string[]) => {
    const order = new TreeOrder("index");
    for (const entry of entries) {
      const path = entry.replace(/\/$/, "");
      order.next({ path, kind: entry.endsWith("/") ? "folder" : "file" });
    }
  };
  order("a/", "a/b/", "a/b/c", "a/d", "a-b", "con", "e/", "e/a");
  for (const path of ["..", "../x", "/etc/passwd", ".", "a\\b", "c:", "x\0", "a//b", "\ufffd"]) {
    assertThrows(() => order("a/", path), FreshetError);
  }
  for (const entries of [["a", "a"], ["b", "a"], ["a", "a/b"], ["a/", "b/c"], ["a/", "b", "a/c"], ["a/b"]]) {
    assertThrows(() => order(...entries), FreshetError, "does not belong there");
  }
});

filesTest(
  "what fails on the way leaves nothing; what was cut off is put in place at the next start",
  async (bench) => {
    const { docs, root } = bench;
    await bench.take();
    await Deno.remove(docs, { recursive: true });
    const fail = () => {
      throw new FreshetError("cancelled", "Cut off");
    };
    await assertRejects(() => bench.into({ onWriting: fail }), FreshetError, "Cut off");
    assertEquals((await listing(root)).filter((name) => /docs|files|trash\/\.|restore/.test(name)), []);
    const data = join(root, "cut");
    await Deno.mkdir(data);
    await Deno.copyFile(join(root, "data", "secret.key"), join(data, "secret.key"));
    const store = await openStore({ folder: data });
    try {
      const target = { trash: join(data, "trash"), beside: join(root, "beside"), mayHold: () => true };
      using archive = await Archive.open(bench.archive, { cipher: store.cipher, layout: LAYOUT });
      const trees = await planTrees(archive, target);
      await stageTrees(archive, trees);
      // The process died when one of them was in its place, and the other was not.
      const [first] = trees;
      assert(first);
      await placeTrees(store, [first]);
      const state = { status: "writing", path: bench.archive, startedAt: 1, withoutSecrets: false, trees };
      await store.kv.set(keys.restoreState(), state);
      assertEquals((await resumeRestore(store, {}))?.outcome, "finished");
      assertEquals(await listing(docs), CONTENT);
      assertEquals(await listing(target.trash), ["t1/", "t1/content/", "t1/content/old.txt"]);
      assertEquals((await store.kv.get(keys.restoreState())).value, null);
    } finally {
      store.close();
    }
  },
);

filesTest("files are counted before, up to a limit", async ({ source, root }) => {
  const files = { trash: join(root, "data", "trash"), closed: [join(root, "data")] };
  const all = await measureFiles(source, files, { ms: 5_000, entries: 1_000 });
  assertEquals(all, { folders: 1, files: 5, bytes: 700_001 + 5 + 31 + 2, isPartial: false });
  assertEquals((await measureFiles(source, files, { ms: 5_000, entries: 3 })).isPartial, true);
});

filesTest("backups in an added folder are not in the next ones", async (bench) => {
  const { docs, source, root } = bench;
  await Deno.writeTextFile(join(docs, "freshet-20260131-030000-schedule-7fq2x0.zip"), "x".repeat(1_000));
  await Deno.writeTextFile(join(docs, "a", "freshet-20260131-030000-manual-7fq2x0.zip"), "somebody's copy");
  const files = { trash: join(root, "data", "trash"), closed: [join(root, "data"), docs] };
  const { manifest } = await takeBackup(source, bench.archive, { createdAt: 1, freshet: "0", files });
  const [tree] = manifest.trees ?? [];
  assertEquals([tree?.files, (tree?.bytes ?? 0) < 1_000 + 700_100], [5, true]);
});

filesTest("files and folders have their times and rights again, whatever those are", async (bench) => {
  const { docs } = bench;
  const far = new Date(Date.UTC(2400, 0, 1, 0, 0, 0, 500));
  await Deno.utime(join(docs, "large"), far, far);
  await Deno.chmod(join(docs, "a-b"), 0o755);
  await Deno.chmod(join(docs, "a"), 0o2777);
  await Deno.utime(join(docs, "a", "empty"), 1, new Date(1_600_000_000_000));
  await Deno.utime(join(docs, "a"), 1, new Date(1_500_000_000_000));
  await bench.take();
  await Deno.remove(docs, { recursive: true });
  await bench.into();
  const of = async (name: string) => {
    const { mode, mtime } = await Deno.stat(join(docs, name));
    return [(mode ?? 0) & 0o7777, mtime?.getTime()];
  };
  assertEquals((await of("large"))[1], far.getTime());
  assertEquals((await of("a-b"))[0], 0o755);
  assertEquals(await of("a"), [0o777, 1_500_000_000_000]);
  assertEquals((await of("a/empty"))[1], 1_600_000_000_000);
});

filesTest("the trash is restored where the one of before is still there", async (bench) => {
  await bench.take();
  const data = join(bench.root, "data-1");
  await Deno.mkdir(join(data, "trash", "t1", "content"), { recursive: true });
  await Deno.writeTextFile(join(data, "trash", "t1", "content", "old.txt"), "of before");
  const { trash } = await bench.into();
  assertEquals(await listing(trash), ["t1/", "t1/content/", "t1/content/old.txt"]);
  assertEquals(await Deno.readTextFile(join(trash, "t1", "content", "old.txt")), "of before");
});

filesTest("a file that has both names when the process dies is put in place", async ({ root, source }) => {
  const plan = { name: "folder-1", id: "x", target: join(root, "there"), isMade: true };
  const folder = { key: ["file_folder", "local", "f1"], path: plan.target };
  const waiting = join(plan.target, ".freshet-restore-x");
  await Deno.mkdir(waiting, { recursive: true });
  await Deno.writeTextFile(join(waiting, "a"), "a");
  await Deno.link(join(waiting, "a"), join(plan.target, "a"));
  await placeTrees(source, [{ ...plan, folder }]);
  assertEquals(await listing(plan.target), ["a"]);
  await Deno.mkdir(waiting);
  await Deno.writeTextFile(join(waiting, "a"), "another");
  await assertRejects(
    () => placeTrees(source, [{ ...plan, folder }]),
    FreshetError,
    "something is there by now",
  );
  assertEquals(await Deno.readTextFile(join(plan.target, "a")), "a");
});

filesTest("what cannot be removed keeps nothing from starting", async ({ root, source, archive }) => {
  await Deno.writeTextFile(join(root, "file"), "");
  const trees = [{ name: "trash", id: "x", target: join(root, "file"), isMade: false }];
  const state = { status: "checking", path: archive, startedAt: 1, withoutSecrets: false, trees };
  await source.kv.set(keys.restoreState(), state);
  assertEquals(await resumeRestore(source, {}), undefined);
  assertEquals((await source.kv.get(keys.restoreState())).value, null);
});

filesTest(
  "a folder that is away is told of, and stays where it is when the backup is restored",
  async (bench) => {
    const { docs, root } = bench;
    await Deno.remove(docs, { recursive: true });
    const { manifest } = await bench.take();
    const [tree] = manifest.trees ?? [];
    assertEquals([tree?.files, tree?.leftOut, tree?.named], [0, 1, [{ path: docs, why: "gone" }]]);
    const { folder, report } = await bench.into();
    assertEquals([folder, report.files?.folders], [docs, []]);
    assertEquals((await listing(root)).filter((name) => /docs|-files/.test(name)), []);
    const files = { trash: join(root, "data", "trash"), closed: [] };
    assertEquals((await measureFiles(bench.source, files, { ms: 5_000, entries: 1_000 })).folders, 0);
  },
);

filesTest("a disk that is full is told of in words", async (bench) => {
  await Deno.symlink("/dev/full", `${bench.archive}.partial`);
  const error = await assertRejects(() => bench.take(), FreshetError);
  assertEquals([error.code, error.message], ["storage", "Cannot make the backup: the disk is full"]);
  await assertRejects(() => Deno.lstat(`${bench.archive}.partial`), Deno.errors.NotFound);
});
