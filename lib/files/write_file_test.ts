import { assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { localPrincipal } from "../access/mod.ts";
import { FreshetError } from "../shared/mod.ts";
import { makeFolder, moveEntry } from "./move.ts";
import { bodyOf, TestFolder } from "./testing.ts";
import { writeFile } from "./write_file.ts";

const write = (
  made: TestFolder,
  path: string,
  text: string,
  more: { replace?: boolean; version?: string } = {},
) => writeFile(made.root, path, { body: bodyOf(text), maxBytes: 1_000, replace: false, ...more });

async function conflict(attempt: Promise<unknown>): Promise<FreshetError> {
  const error = await assertRejects(() => attempt, FreshetError);
  assertEquals(error.code, "conflict");
  return error;
}

Deno.test("a file is written whole or not at all", async () => {
  await using made = await TestFolder.make();
  assertEquals((await write(made, "a.txt", "one")).size, 3);
  await conflict(write(made, "a.txt", "two"));
  await write(made, "a.txt", "two", { replace: true });
  const large = await assertRejects(() => write(made, "b.txt", "x".repeat(1_001)), FreshetError);
  assertEquals(large.code, "payload_too_large");
  let sent = 0;
  const breaking = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (sent++ > 0) controller.error(new TypeError("the line was cut"));
      else controller.enqueue(new Uint8Array(100));
    },
  });
  const options = { body: breaking, maxBytes: 1_000, replace: true };
  await assertRejects(() => writeFile(made.root, "a.txt", options), TypeError, "cut");
  assertEquals(await made.tree(), { "a.txt": "two" });
});

Deno.test("a replaced file keeps its mode, and a link to it stays a link", async () => {
  await using made = await TestFolder.make();
  await made.put("real/run.sh", "one");
  await Deno.chmod(join(made.path, "real/run.sh"), 0o750);
  await Deno.symlink("real/run.sh", join(made.path, "link.sh"));
  await write(made, "link.sh", "two", { replace: true });
  assertEquals(await made.tree(), { real: "/", "real/run.sh": "two", "link.sh": "→ real/run.sh" });
  assertEquals(((await Deno.stat(join(made.path, "real/run.sh"))).mode ?? 0) & 0o777, 0o750);
});

Deno.test("what was edited is written only over the content that was read", async () => {
  await using made = await TestFolder.make();
  await made.put("a.txt", "one");
  const { version = "" } = await made.files.preview(localPrincipal, made.id, "a.txt");
  await made.put("a.txt", "by another program");
  const error = await conflict(write(made, "a.txt", "mine", { replace: true, version }));
  assertEquals(error.field, "version");
  assertEquals(await made.tree(), { "a.txt": "by another program" });
  const now = await made.files.preview(localPrincipal, made.id, "a.txt");
  await write(made, "a.txt", "mine", { replace: true, version: now.version ?? "" });
  await Deno.remove(join(made.path, "a.txt"));
  await conflict(write(made, "a.txt", "mine", { replace: true, version }));
  assertEquals(await made.tree(), {});
});

Deno.test("names that differ only in case or in composition do not come beside each other", async () => {
  await using made = await TestFolder.make();
  await made.put("Über.txt", "a");
  for (const name of ["über.txt", "U\u0308ber.txt", "ÜBER.TXT"]) {
    await conflict(write(made, name, "b"));
    await conflict(makeFolder(made.root, name));
  }
  assertEquals((await moveEntry(made.root, "Über.txt", made.root, "über.txt")).name, "über.txt");
  assertEquals(await made.tree(), { "über.txt": "a" });
});

Deno.test("entries are moved and get other names, and take nobody's", async () => {
  await using made = await TestFolder.make();
  await made.put("a/one.txt", "1");
  await made.put("b/two.txt", "2");
  await moveEntry(made.root, "a/one.txt", made.root, "b/one.txt");
  await conflict(moveEntry(made.root, "b/one.txt", made.root, "b/two.txt"));
  await conflict(moveEntry(made.root, "a", made.root, "b"));
  const inside = await assertRejects(() => moveEntry(made.root, "b", made.root, "b/c"), FreshetError);
  assertEquals(inside.code, "invalid_request");
  await moveEntry(made.root, "b", made.root, "a/b");
  assertEquals(await made.tree(), { a: "/", "a/b": "/", "a/b/one.txt": "1", "a/b/two.txt": "2" });
});

Deno.test("of two who want the same new name one gets it", async () => {
  await using made = await TestFolder.make();
  const all = await Promise.allSettled(Array.from({ length: 8 }, (_, i) => write(made, "same.txt", `${i}`)));
  assertEquals(all.filter(({ status }) => status === "fulfilled").length, 1);
  assertEquals(Object.keys(await made.tree()), ["same.txt"]);
});
