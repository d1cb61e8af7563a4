import { assert, assertEquals, assertThrows } from "@std/assert";
import { FreshetError, type ProjectFile } from "../../shared/mod.ts";
import { unzipProject, zipProject, zipStream } from "./mod.ts";

const modifiedAt = Date.UTC(2026, 4, 6, 7, 8, 10);
const FILES: ProjectFile[] = [
  { path: "index.html", content: "<!doctype html>\r\n<h1>Grüße 😀</h1>" },
  { path: "src/ü/ß.ts", content: "\ufeffexport {};\n" },
  { path: "empty.txt", content: "" },
  { path: "__proto__", content: "own" },
  { path: "1", content: "one" },
  { path: "constructor/name.json", content: "{}\r" },
];

Deno.test("a project comes back from its archive exactly", () => {
  const { files, skipped } = unzipProject(zipProject(FILES, { modifiedAt }));
  assertEquals(files, FILES.toSorted((a, b) => a.path < b.path ? -1 : 1));
  assertEquals(skipped, []);
});

Deno.test("the same files and time give the same bytes, in any order and as a stream", async () => {
  const bytes = zipProject(FILES, { modifiedAt });
  assertEquals(zipProject(FILES.toReversed(), { modifiedAt }), bytes);
  assertEquals(await new Response(zipStream(FILES, { modifiedAt })).bytes(), bytes);
});

Deno.test("a stream that is cancelled compresses no further", async () => {
  const reader = zipStream(FILES, { modifiedAt }).getReader();
  assertEquals((await reader.read()).done, false);
  await reader.cancel();
  assertEquals((await reader.read()).done, true);
});

Deno.test("the time of the files is UTC and within what the format can tell", () => {
  const time = (modifiedAt: number) => {
    const view = new DataView(zipProject([{ path: "a", content: "" }], { modifiedAt }).buffer);
    const [clock, day] = [view.getUint16(10, true), view.getUint16(12, true)];
    return [1980 + (day >> 9), day >> 5 & 15, day & 31, clock >> 11, clock >> 5 & 63, 2 * (clock & 31)];
  };
  assertEquals(time(modifiedAt), [2026, 5, 6, 7, 8, 10]);
  assertEquals(time(0), [1980, 1, 2, 0, 0, 0]);
  assertEquals(time(Date.UTC(2200, 0))[0], 2099);
});

Deno.test("files may be put into a folder, which an import takes off", () => {
  const bytes = zipProject([{ path: "a.ts", content: "1" }], { modifiedAt, folder: "my project" });
  assert(new TextDecoder().decode(bytes).includes("my project/a.ts"));
  assertEquals(unzipProject(bytes).files, [{ path: "a.ts", content: "1" }]);
});

Deno.test("nothing is packed that would be unpacked outside", () => {
  for (const path of ["../a", "/a", "a/../../b", "C:/a", "a\\b", "a\0b", ".git/config", "aux.ts", ""]) {
    const pack = () => zipProject([{ path, content: "" }], { modifiedAt });
    assertEquals(assertThrows(pack, FreshetError).code, "invalid_request");
  }
  assertThrows(() => zipProject(FILES, { modifiedAt, folder: ".." }), FreshetError);
});

Deno.test({
  name: "other programs read the archive, names and modes included",
  ignore: !(await exists("/usr/bin/unzip")),
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      await Deno.writeFile(`${folder}/a.zip`, zipProject(FILES, { modifiedAt }));
      const unzip = new Deno.Command("/usr/bin/unzip", {
        args: ["-q", "-d", `${folder}/out`, `${folder}/a.zip`],
        env: { LC_ALL: "C.UTF-8", UNZIP: "" },
      });
      const { success, stderr } = await unzip.output();
      assert(success, new TextDecoder().decode(stderr));
      for (const { path, content } of FILES) {
        const bytes = await Deno.readFile(`${folder}/out/${path}`);
        assertEquals(bytes, new TextEncoder().encode(content));
      }
      assertEquals((await Deno.stat(`${folder}/out/index.html`)).mode ?? 0, 0o100644);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
