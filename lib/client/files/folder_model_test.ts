import { assertEquals } from "@std/assert";
import { type FileEntry, FreshetError, type TrashedFile } from "../../shared/mod.ts";
import { FolderModel } from "./folder_model.ts";
import { Uploads } from "./uploads.ts";

const entry = (name: string, more: Partial<FileEntry> = {}): FileEntry => ({
  name,
  kind: "file",
  size: 1,
  modifiedAt: 1,
  preview: "text",
  ...more,
});

const ENTRIES = [
  entry("docs", { kind: "folder" }),
  entry("file 2.txt", { size: 5 }),
  entry("file 10.txt", { size: 3 }),
  entry("a.zip", { size: 9 }),
];

function folderWith(overrides: Partial<ConstructorParameters<typeof FolderModel>[0]["api"]> = {}) {
  const errors: unknown[] = [];
  const folder = new FolderModel({
    folderId: "f",
    path: "",
    entries: ENTRIES,
    total: ENTRIES.length,
    api: {
      list: (folderId, path) => Promise.resolve({ folderId, path, entries: ENTRIES, total: 4 }),
      move: (_folderId, _from, to) => Promise.resolve(entry(to)),
      makeFolder: (_folderId, path) => Promise.resolve(entry(path, { kind: "folder" })),
      remove: (folderId, path) => Promise.resolve({ id: path, folderId, path } as TrashedFile),
      ...overrides,
    },
    onError: (error) => void errors.push(error),
  });
  return { folder, errors };
}

const names = (folder: FolderModel) => folder.rows.value.map(({ name }) => name);

Deno.test("entries stand in the order that is asked for, folders first", () => {
  const { folder } = folderWith();
  assertEquals(names(folder), ["docs", "a.zip", "file 2.txt", "file 10.txt"]);
  folder.sortBy("name");
  assertEquals(names(folder), ["docs", "file 10.txt", "file 2.txt", "a.zip"]);
  folder.sortBy("size");
  assertEquals(names(folder), ["docs", "a.zip", "file 2.txt", "file 10.txt"]);
  folder.sortBy("kind");
  assertEquals(names(folder), ["docs", "file 2.txt", "file 10.txt", "a.zip"]);
});

Deno.test("what was deleted is gone from the list, and the next one has the focus", async () => {
  const { folder, errors } = folderWith({
    remove: (folderId, path) =>
      path === "file 10.txt"
        ? Promise.reject(new FreshetError("forbidden", "no"))
        : Promise.resolve({ id: path, folderId, path } as TrashedFile),
  });
  folder.selection.choose("file 2.txt");
  const trashed = await folder.remove(["file 2.txt", "file 10.txt"]);
  assertEquals(trashed.map(({ path }) => path), ["file 2.txt"]);
  assertEquals([names(folder), folder.selection.focused.value, errors.length], [
    ["docs", "a.zip", "file 10.txt"],
    "file 10.txt",
    1,
  ]);
});

Deno.test("a folder that cannot be opened leaves what is shown; going up leads back to where one was", async () => {
  let isBroken = true;
  const { folder, errors } = folderWith({
    list: (folderId, path) =>
      isBroken
        ? Promise.reject(new FreshetError("forbidden", "outside"))
        : Promise.resolve({ folderId, path, entries: ENTRIES, total: 4 }),
  });
  assertEquals([await folder.open("docs"), folder.path.value, errors.length], [false, "", 1]);
  await folder.reload();
  assertEquals(folder.problem.value?.message, "outside");
  isBroken = false;
  assertEquals(await folder.open("docs"), true);
  assertEquals([folder.path.value, folder.problem.value], ["docs", null]);
  assertEquals(await folder.openParent(), true);
  assertEquals([folder.path.value, folder.selection.focused.value], ["", "docs"]);
  assertEquals(await folder.openParent(), false);
});

Deno.test("only the last folder that was asked for is shown", async () => {
  const waiting: (() => void)[] = [];
  const { folder } = folderWith({
    list: (folderId, path) =>
      new Promise((resolve) => {
        waiting.push(() => resolve({ folderId, path, entries: [entry(path)], total: 1 }));
      }),
  });
  const [first, second] = [folder.open("one"), folder.open("two")];
  for (const answer of waiting.toReversed()) answer();
  assertEquals([await first, await second, folder.path.value, names(folder)], [false, true, "two", ["two"]]);
});

Deno.test("files are sent one after the other; one that is there is replaced when that is wanted", async () => {
  const written: string[] = [];
  let done = 0;
  const uploads = new Uploads({
    api: {
      write: (_folderId, path, _body, { replace }) => {
        if (path === "docs/b" && !replace) return Promise.reject(new FreshetError("conflict", "there is b"));
        written.push(path);
        return Promise.resolve(entry(path));
      },
    },
    onDone: () => void done++,
  });
  await uploads.add([new File(["x"], "a"), new File(["x"], "b"), new File(["x"], "c")], "f", "docs");
  assertEquals([written, done, uploads.left.value], [["docs/a", "docs/c"], 1, 0]);
  const [, failed] = uploads.list.value;
  assertEquals([failed?.state, failed?.canReplace, failed?.error?.message], ["failed", true, "there is b"]);
  // Pressed twice, it goes once.
  await Promise.all([uploads.replace(failed?.key ?? 0), uploads.replace(failed?.key ?? 0)]);
  assertEquals(written, ["docs/a", "docs/c", "docs/b"]);
  assertEquals([written.at(-1), uploads.list.value[1]?.state], ["docs/b", "done"]);
  uploads.clear();
  assertEquals(uploads.list.value, []);
});

Deno.test("a file whose name is taken, or cannot be, goes under another one", async () => {
  const sent: string[] = [];
  const uploads = new Uploads({
    api: {
      write: (_folderId, path) => {
        sent.push(path);
        if (path === "what?") return Promise.reject(new FreshetError("invalid_request", "Not everywhere"));
        if (path === "a" || path === "a (2)") return Promise.reject(new FreshetError("conflict", "Taken"));
        return Promise.resolve(entry(path));
      },
    },
    onDone: () => {},
  });
  await uploads.add([new File(["x"], "a"), new File(["x"], "what?")], "f", "");
  assertEquals(uploads.list.value.map(({ otherName, canReplace }) => [otherName, canReplace]), [
    ["a (2)", true],
    ["what_", false],
  ]);
  for (const { key } of uploads.list.value) await uploads.sendAsOther(key);
  assertEquals(uploads.list.value.map(({ state, otherName }) => [state, otherName]), [
    ["failed", "a (3)"],
    ["done", undefined],
  ]);
  await uploads.sendAsOther(1);
  assertEquals(sent, ["a", "what?", "a (2)", "what_", "a (3)"]);
  assertEquals(uploads.list.value.every(({ state }) => state === "done"), true);
});
