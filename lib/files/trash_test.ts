import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { localPrincipal, ROLE_SCOPES } from "../access/mod.ts";
import { FreshetError } from "../shared/mod.ts";
import { keys } from "../store/mod.ts";
import { fileRecords } from "./records.ts";
import { TestFolder } from "./testing.ts";

/** Refuses as a rename between devices does. */
function otherDevice(from: string, to: string): Promise<void> {
  const isAcross = from.includes("/added") !== to.includes("/added");
  if (!isAcross) return Deno.rename(from, to);
  return Promise.reject(
    Object.assign(new Error("Invalid cross-device link (os error 18)"), { code: "EXDEV" }),
  );
}

for (const rename of [undefined, otherDevice]) {
  const how = rename ? "to another device" : "on the same device";
  Deno.test(`what is deleted ${how} is in the trash, comes back, and goes for good`, async () => {
    await using made = await TestFolder.make(rename ? { rename } : {});
    await made.put("docs/deep/a.txt", "a");
    await made.put("b.txt", "b");
    await Deno.symlink("deep/a.txt", join(made.path, "docs/link"));
    await Deno.symlink(made.outside, join(made.path, "docs/out"));
    const before = await made.tree();
    const { files, trash, id } = made;
    await files.remove(localPrincipal, id, "docs");
    await files.remove(localPrincipal, id, "b.txt");
    assertEquals(await made.tree(), {});
    const listed = await trash.list(localPrincipal);
    assertEquals(listed.map(({ path, kind, folderName }) => [path, kind, folderName]), [
      ["b.txt", "file", "added"],
      ["docs", "folder", "added"],
    ]);
    for (const { id } of listed) await trash.restore(localPrincipal, id);
    assertEquals(await made.tree(), before);
    assertEquals(await trash.list(localPrincipal), []);
    await files.remove(localPrincipal, id, "docs");
    await files.remove(localPrincipal, id, "b.txt");
    assertEquals(await trash.empty(localPrincipal), 2);
    assertEquals(await made.tree(join(made.data, "trash")), {});
    assertEquals(await made.tree(made.outside), { "secret.txt": "secret" });
  });
}

Deno.test("what comes back takes nobody's place, and its folders are made again", async () => {
  await using made = await TestFolder.make();
  await made.put("docs/a.tar.gz", "old");
  const { files, trash, id } = made;
  const first = await files.remove(localPrincipal, id, "docs/a.tar.gz");
  await made.put("docs/a.tar.gz", "new");
  assertEquals((await trash.restore(localPrincipal, first.id)).path, "docs/a.tar (2).gz");
  const second = await files.remove(localPrincipal, id, "docs/a.tar.gz");
  await Deno.remove(join(made.path, "docs"), { recursive: true });
  await trash.restore(localPrincipal, second.id);
  assertEquals(await made.tree(), { docs: "/", "docs/a.tar.gz": "new" });
});

Deno.test("nothing comes back to where a link now leads outside, nor to a folder that is not in the list", async () => {
  await using made = await TestFolder.make();
  await made.put("docs/a.txt", "a");
  const { files, folders, trash, id } = made;
  const { id: trashId } = await files.remove(localPrincipal, id, "docs/a.txt");
  await Deno.remove(join(made.path, "docs"));
  await Deno.symlink(made.outside, join(made.path, "docs"));
  const error = await assertRejects(() => trash.restore(localPrincipal, trashId), FreshetError);
  assertEquals(error.code, "forbidden");
  await folders.remove(localPrincipal, id);
  await assertRejects(() => trash.restore(localPrincipal, trashId), FreshetError, "no longer in the list");
  assertEquals((await trash.list(localPrincipal)).length, 1);
  assertEquals(await made.tree(made.outside), { "secret.txt": "secret" });
});

Deno.test("a deletion that fails leaves the file, and no trace in the trash", async () => {
  await using made = await TestFolder.make({
    rename: () => Promise.reject(new Deno.errors.PermissionDenied("no")),
  });
  await made.put("a.txt", "a");
  const error = await assertRejects(() => made.files.remove(localPrincipal, made.id, "a.txt"), FreshetError);
  assertEquals(error.code, "forbidden");
  assertEquals([await made.tree(), await made.trash.list(localPrincipal)], [{ "a.txt": "a" }, []]);
});

Deno.test("a record whose content never arrived goes when the trash is looked at; the trash is the house's", async () => {
  await using made = await TestFolder.make();
  const key = keys.trashedFile("local", "01abc");
  const lost = {
    id: "01abc",
    folderId: made.id,
    folderName: "added",
    path: "x",
    kind: "file" as const,
    size: 1,
    deletedAt: 1,
  };
  await made.store.kv.set(key, made.store.encode(fileRecords.trashed, lost));
  assertEquals(await made.trash.list(localPrincipal), []);
  assertEquals((await made.store.kv.get(key)).value, null);
  await made.put("a.txt", "a");
  const { id } = await made.files.remove(localPrincipal, made.id, "a.txt");
  const other = { ...localPrincipal, profileId: "other" };
  assertEquals(await made.trash.list(other), await made.trash.list(localPrincipal));
  const member = { ...other, scopes: ROLE_SCOPES.member };
  await assertRejects(() => made.files.list(member, made.id, ""), FreshetError, "for administrators");
  assert(await Deno.stat(join(made.data, "trash", id, "content")));
});

Deno.test("what was deleted comes back to a folder that was taken out of the list and added again", async () => {
  await using made = await TestFolder.make();
  await made.put("a.txt", "a");
  const { files, folders, trash } = made;
  const { id } = await files.remove(localPrincipal, made.id, "a.txt");
  await folders.remove(localPrincipal, made.id);
  const error = await assertRejects(
    () => trash.restore(localPrincipal, id),
    FreshetError,
    "no longer in the list",
  );
  assertEquals(error.hint, `Add ${made.path} again, then bring it back`);
  const again = await folders.add(localPrincipal, { path: made.path });
  assertEquals((await trash.restore(localPrincipal, id)).folderId, again.id);
  assertEquals(await made.tree(), { "a.txt": "a" });
});

Deno.test("nothing comes back into a file that has taken the folder's name", async () => {
  await using made = await TestFolder.make();
  await made.put("docs/a.txt", "a");
  const { id } = await made.files.remove(localPrincipal, made.id, "docs/a.txt");
  await Deno.remove(join(made.path, "docs"));
  await made.put("docs", "a file now");
  await assertRejects(
    () => made.trash.restore(localPrincipal, id),
    FreshetError,
    '"docs" is no folder any more',
  );
  assertEquals(await made.tree(), { docs: "a file now" });
  assertEquals((await made.trash.list(localPrincipal)).length, 1);
});

Deno.test("things of one name that come back at the same time all come back", async () => {
  await using made = await TestFolder.make();
  const contents = ["one", "two", "three", "four", "five"];
  const ids: string[] = [];
  for (const content of contents) {
    await made.put("a.txt", content);
    ids.push((await made.files.remove(localPrincipal, made.id, "a.txt")).id);
  }
  await Promise.all(ids.map((id) => made.trash.restore(localPrincipal, id)));
  assertEquals(Object.values(await made.tree()).sort(), contents.toSorted());
  assertEquals(await made.trash.list(localPrincipal), []);
});
