import { assertEquals, assertMatch } from "@std/assert";
import { PROJECT_LIMITS } from "../../shared/mod.ts";
import { translator } from "../../shared/texts/mod.ts";
import { folderOf } from "./folder_files.ts";
import type { ImportedProject } from "./projects_api.ts";
import { ProjectImport } from "./project_import.ts";

const created = { project: { id: "p1", name: "Tea" }, skipped: [{ path: "old.doc" }] } as ImportedProject;

function fileOf(path: string, size = 1, type = ""): File {
  const file = new File([], path.split("/").at(-1) ?? "", { type });
  Object.defineProperties(file, { webkitRelativePath: { value: path }, size: { value: size } });
  return file;
}

function setUp() {
  const sent: { name: string; paths: string[] }[] = [];
  const errors: unknown[] = [];
  const model = new ProjectImport({
    api: {
      importZip: (_, name) => {
        sent.push({ name, paths: [] });
        return Promise.resolve(created);
      },
      importFiles: (files, name) => {
        sent.push({ name, paths: [...files.keys()] });
        return Promise.resolve(created);
      },
    },
    t: translator("en"),
    language: "en",
    onError: (error) => errors.push(error),
  });
  const said = () => errors.map((error) => error instanceof Error ? error.message : "").join();
  return { model, sent, said };
}

Deno.test("a folder's files go by their paths in it, without dependencies and Git's own", async () => {
  const { model, sent } = setUp();
  const outcome = await model.folder([
    fileOf("tea/index.html"),
    fileOf("tea/src/app.ts"),
    fileOf("tea/node_modules/x/index.js"),
    fileOf("tea/.git/HEAD"),
    fileOf("tea/src/.DS_Store"),
    fileOf("tea/logo.svg", 1, "image/svg+xml"),
    fileOf("tea/logo.png", 1, "image/png"),
  ]);
  assertEquals(sent, [{ name: "tea", paths: ["tea/index.html", "tea/src/app.ts", "tea/logo.svg"] }]);
  assertEquals(outcome, { id: "p1", name: "Tea", skipped: ["logo.png", "old.doc"] });
});

Deno.test("an archive gives its name", async () => {
  const { model, sent } = setUp();
  await model.zip(new File(["x"], "Tea page.ZIP"));
  assertEquals(sent[0]?.name, "Tea page");
});

Deno.test("what is too much is refused before it is sent", async () => {
  const { model, sent, said } = setUp();
  const many = Array.from({ length: PROJECT_LIMITS.files + 1 }, (_, i) => fileOf(`tea/${i}.txt`));
  assertEquals(await model.folder(many), null);
  assertMatch(said(), /401 files; a project holds at most 400/);
  await model.folder([fileOf("tea/film.mp4", PROJECT_LIMITS.totalBytes + 1)]);
  assertMatch(said(), /20 MB; a project holds at most 20 MB/);
  await model.folder([fileOf("tea/node_modules/x.js")]);
  assertMatch(said(), /no file in it/);
  assertEquals([sent.length, model.importing.value], [0, null]);
});

Deno.test("a file without a folder is none of a folder's", () => {
  assertEquals(folderOf([fileOf("")]).files.size, 0);
});
