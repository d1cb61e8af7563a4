import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { localPrincipal } from "../access/mod.ts";
import { FreshetError } from "../shared/mod.ts";
import { seededRandom } from "../../tests/random.ts";
import { assertSame, locate, locateEntry, locateNew, openChecked } from "./path_guard.ts";
import { bodyOf, TestFolder } from "./testing.ts";

/** A folder with links of every kind in it. */
async function withLinks(): Promise<TestFolder> {
  const made = await TestFolder.make();
  await made.put("docs/a.txt", "a");
  const links: [string, string][] = [
    ["out-file", join(made.outside, "secret.txt")],
    ["out-folder", made.outside],
    ["out-relative", "../outside"],
    ["out-root", "/"],
    ["out-data", made.data],
    ["out-chain", "docs/hop"],
    ["docs/hop", "../../outside"],
    ["docs/up", ".."],
    ["in-file", "docs/a.txt"],
    ["in-folder", "docs"],
    ["broken", "nowhere"],
    ["circle", "circle"],
    ["sibling", `${made.path}-beside`],
  ];
  await Deno.mkdir(`${made.path}-beside`);
  await Deno.writeTextFile(join(`${made.path}-beside`, "x.txt"), "secret");
  for (const [name, target] of links) await Deno.symlink(target, join(made.path, name));
  return made;
}

const OUTSIDE = [
  "out-file",
  "out-folder",
  "out-folder/secret.txt",
  "out-relative/secret.txt",
  "out-root/etc/passwd",
  "out-data",
  "out-chain",
  "out-chain/secret.txt",
  "docs/hop/secret.txt",
  "docs/up/out-folder/secret.txt",
  "sibling",
  "sibling/x.txt",
];

Deno.test("what leads outside is refused by every operation, and nothing outside changes", async () => {
  await using made = await withLinks();
  const before = await made.tree(made.top);
  const { files, id } = made;
  for (const path of OUTSIDE) {
    const attempts: Record<string, () => Promise<unknown>> = {
      list: () => files.list(localPrincipal, id, path),
      preview: () => files.preview(localPrincipal, id, path),
      read: () => files.read(localPrincipal, id, path, 1_000),
      download: () => files.download(localPrincipal, id, path, { inline: true, headers: new Headers() }),
      write: () => files.write(localPrincipal, id, path, { body: bodyOf("x"), replace: true }),
      "write below": () =>
        files.write(localPrincipal, id, `${path}/new.txt`, { body: bodyOf("x"), replace: true }),
      makeFolder: () => files.makeFolder(localPrincipal, id, `${path}/new`),
      "move into": () =>
        files.move(localPrincipal, { folderId: id, path: "docs/a.txt" }, {
          folderId: id,
          path: `${path}/a.txt`,
        }),
      search: () =>
        Array.fromAsync(
          files.search(localPrincipal, id, { path, text: "s", contents: true }, new AbortController().signal),
        ),
    };
    for (const [name, attempt] of Object.entries(attempts)) {
      const error = await assertRejects(attempt, FreshetError);
      const allowed = name === "write below" || name === "makeFolder" || name === "move into"
        ? ["forbidden", "not_found"]
        : ["forbidden"];
      assert(allowed.includes(error.code), `${name} ${path}: ${error.code} ${error.message}`);
    }
  }
  assertEquals(await made.tree(made.top), before);
});

Deno.test("links that lead inside are followed, and all are shown as what they are", async () => {
  await using made = await withLinks();
  const { files, id } = made;
  assertEquals((await files.preview(localPrincipal, id, "in-file")).text, "a");
  const below = (await files.list(localPrincipal, id, "in-folder")).entries.map(({ name }) => name);
  assertEquals(below.toSorted(), ["a.txt", "hop", "up"]);
  const links = Object.fromEntries(
    (await files.list(localPrincipal, id, "")).entries.map((
      { name, link, kind },
    ) => [name, `${link ?? ""} ${kind}`]),
  );
  assertEquals(links["in-file"], "inside file");
  assertEquals(links["in-folder"], "inside folder");
  for (const name of ["out-file", "out-folder", "out-data", "out-chain", "sibling"]) {
    assertEquals(links[name], "outside other", name);
  }
  assertEquals([links["broken"], links["circle"]], ["broken other", "broken other"]);
});

Deno.test("a link is deleted and moved as a link; what it leads to stays", async () => {
  await using made = await withLinks();
  const { files, id, trash } = made;
  for (const path of ["out-file", "out-folder", "broken", "circle"]) {
    const { id: trashId } = await files.remove(localPrincipal, id, path);
    await trash.restore(localPrincipal, trashId);
    await files.move(localPrincipal, { folderId: id, path }, { folderId: id, path: `moved-${path}` });
  }
  assertEquals(await made.tree(made.outside), { "secret.txt": "secret" });
  assertEquals((await made.tree())["moved-out-folder"], `→ ${made.outside}`);
});

Deno.test("Freshet's own data is closed also where a folder around it was added", async () => {
  await using made = await TestFolder.make();
  await Deno.writeTextFile(join(made.data, "secret.key"), "key");
  const error = await assertRejects(() => made.folders.add(localPrincipal, { path: made.top }), FreshetError);
  assertEquals([error.code, error.field], ["conflict", "confirmed"]);
  const { id } = await made.folders.add(localPrincipal, { path: made.top, confirmed: true });
  const { files } = made;
  const names = (await files.list(localPrincipal, id, "")).entries.map(({ name }) => name);
  assertEquals(names, ["added", "home", "outside"]);
  for (const path of ["data", "data/secret.key"]) {
    await assertRejects(() => files.list(localPrincipal, id, path), FreshetError, "own data");
    await assertRejects(() => files.remove(localPrincipal, id, path), FreshetError, "own data");
    await assertRejects(
      () => files.write(localPrincipal, id, path, { body: bodyOf("x"), replace: true }),
      FreshetError,
    );
    await assertRejects(
      () => files.move(localPrincipal, { folderId: id, path }, { folderId: id, path: "stolen" }),
      FreshetError,
      "own data",
    );
  }
  const hits = await Array.fromAsync(
    files.search(
      localPrincipal,
      id,
      { path: "", text: "secret", contents: false },
      new AbortController().signal,
    ),
  );
  assertEquals(hits.filter(({ type }) => type === "hit").length, 1);
});

Deno.test("the folders themselves are judged when they are added", async () => {
  await using made = await TestFolder.make();
  const { folders } = made;
  const refuse = async (path: string, code: string) => {
    const error = await assertRejects(() => folders.add(localPrincipal, { path }), FreshetError);
    assertEquals(error.code, code, path);
  };
  await refuse("/", "forbidden");
  await refuse("/proc", "forbidden");
  await refuse("/dev/shm", "forbidden");
  await refuse(made.data, "forbidden");
  await refuse(join(made.top, "home"), "conflict");
  await refuse("~", "conflict");
  await refuse("/etc", "conflict");
  await Deno.mkdir(join(made.top, "home", ".ssh"));
  await refuse(join(made.top, "home", ".ssh"), "conflict");
  await refuse("relative", "invalid_request");
  await refuse(`${made.path}\0`, "invalid_request");
  await refuse(join(made.top, "nowhere"), "not_found");
  await refuse(join(made.outside, "secret.txt"), "invalid_request");
  await refuse(made.path, "conflict");
  await Deno.symlink(made.data, join(made.top, "to-data"));
  await refuse(join(made.top, "to-data"), "forbidden");
  const key = { ...localPrincipal, type: "key" as const };
  const error = await assertRejects(() => folders.add(key, { path: made.outside }), FreshetError);
  assertEquals(error.code, "forbidden");
  await assertRejects(() => folders.remove(key, made.id), FreshetError, "Only a person");
});

Deno.test("a folder that was replaced by a link is not followed", async () => {
  await using made = await TestFolder.make();
  await made.put("a.txt", "a");
  await Deno.rename(made.path, `${made.path}-was`);
  await Deno.symlink(made.outside, made.path);
  for (const path of ["", "secret.txt"]) {
    const error = await assertRejects(() => made.files.list(localPrincipal, made.id, path), FreshetError);
    assertEquals(error.code, "forbidden");
  }
  assertEquals((await made.folders.list(localPrincipal)).map(({ isThere }) => isThere), [false]);
});

Deno.test("what is swapped for a link between the check and the opening is not read", async () => {
  await using made = await TestFolder.make();
  await made.put("docs/a.txt", "a");
  await Deno.writeTextFile(join(made.outside, "a.txt"), "secret");
  const place = await locate(made.root, "docs/a.txt");
  await Deno.rename(join(made.path, "docs"), join(made.path, "was"));
  await Deno.symlink(made.outside, join(made.path, "docs"));
  await assertRejects(() => openChecked(place), FreshetError, "out of the folder");
  const gone = await locate(made.root, "was/a.txt");
  await made.put("was/b.txt", "b");
  const info = await Deno.lstat(gone.real);
  await Deno.rename(join(made.path, "was", "b.txt"), gone.real);
  await assertRejects(() => assertSame(gone, info), FreshetError, "replaced meanwhile");
});

Deno.test("a folder that flips to a link all the time never shows what is outside", async () => {
  await using made = await TestFolder.make();
  await made.put("real/a.txt", "inside");
  await Deno.writeTextFile(join(made.outside, "a.txt"), "outside");
  const flip = join(made.path, "flip");
  let running = true;
  const flipping = (async () => {
    for (let i = 0; running; i++) {
      const next = join(made.path, `next${i}`);
      await Deno.symlink(i % 2 === 0 ? made.outside : "real", next);
      await Deno.rename(next, flip);
    }
  })();
  const seen = new Set<string>();
  for (let i = 0; i < 150; i++) {
    try {
      seen.add((await made.files.preview(localPrincipal, made.id, "flip/a.txt")).text ?? "");
      await made.files.write(localPrincipal, made.id, "flip/a.txt", {
        body: bodyOf("inside"),
        replace: true,
      });
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
    }
  }
  running = false;
  await flipping;
  assert(!seen.has("outside"), "what is outside was read");
  assertEquals(await made.tree(made.outside), { "a.txt": "outside", "secret.txt": "secret" });
});

Deno.test("whatever random paths are used for, nothing outside is ever touched", async () => {
  await using made = await withLinks();
  const outside = await made.tree(made.outside);
  const beside = await made.tree(`${made.path}-beside`);
  const random = seededRandom(20_261_121);
  const parts = [
    "..",
    ".",
    "",
    "docs",
    "a.txt",
    "hop",
    "up",
    "out-folder",
    "out-file",
    "out-relative",
    "out-root",
    "out-chain",
    "in-folder",
    "in-file",
    "sibling",
    "secret.txt",
    "x.txt",
    "%2e%2e",
    "..\\outside",
    "C:",
    "new",
    "tmp",
    "\0",
    "..;",
    "~",
    "docs\u0301",
    "DOCS",
    "circle",
    "broken",
  ];
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const path = () => Array.from({ length: 1 + Math.floor(random() * 4) }, () => pick(parts)).join("/");
  const { files, trash, id } = made;
  let done = 0;
  for (let i = 0; i < 1_200; i++) {
    const [a, b] = [path(), path()];
    const work = pick([
      () => files.list(localPrincipal, id, a),
      async () => assert(!(await files.preview(localPrincipal, id, a)).text?.includes("secret"), a),
      () => files.write(localPrincipal, id, a, { body: bodyOf("mine"), replace: random() < 0.5 }),
      () => files.makeFolder(localPrincipal, id, a),
      () => files.move(localPrincipal, { folderId: id, path: a }, { folderId: id, path: b }),
      () => files.remove(localPrincipal, id, a),
      async () => {
        const deleted = pick(await trash.list(localPrincipal));
        if (deleted) await trash.restore(localPrincipal, deleted.id);
      },
    ]);
    try {
      await work();
      done++;
    } catch (error) {
      if (!(error instanceof FreshetError) || error.code === "internal") throw error;
    }
  }
  assert(done > 50, `only ${done} attempts came to anything`);
  assertEquals(await made.tree(made.outside), outside);
  assertEquals(await made.tree(`${made.path}-beside`), beside);
});

Deno.test("entries are found without following them, and new names where they would come", async () => {
  await using made = await withLinks();
  assertEquals((await locateEntry(made.root, "out-file")).info.isSymlink, true);
  await assertRejects(() => locateEntry(made.root, ""), FreshetError, "folder itself");
  await assertRejects(() => locateNew(made.root, ""), FreshetError, "missing");
  await assertRejects(() => locateNew(made.root, "docs/a.txt/b"), FreshetError);
  assertEquals((await locateNew(made.root, "in-folder/n")).real, join(made.path, "docs", "n"));
});
