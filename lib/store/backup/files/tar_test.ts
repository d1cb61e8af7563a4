import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { FreshetError } from "../../../shared/mod.ts";
import { tarEnd, tarHead, TarReader } from "./tar.ts";
import { parseIndexLine } from "./tree_index.ts";
import { aboutOf } from "./write_tree.ts";

Deno.test("a tar is refused in words, whatever its numbers and kinds say", async () => {
  const block = (change: (header: Uint8Array) => void) => {
    const header = tarHead({ path: "a", kind: "file", size: 0, mode: 0o644, modifiedAt: 0 });
    change(header);
    header.fill(32, 148, 156);
    const sum = header.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0");
    header.set(new TextEncoder().encode(`${sum}\0 `), 148);
    return header;
  };
  const headers = [
    block((header) => header.fill(0x81, 124, 136)),
    block((header) => header.fill(0xff, 124, 136)),
    block((header) => header.set([0x80, ...Array(11).fill(0xff)], 124)),
    ...["1", "2", "3", "4", "6", "g", "S", "L", "7"].map((type) =>
      block((header) => header[156] = type.charCodeAt(0))
    ),
    block(() => {}).slice(0, 300),
  ];
  for (const header of headers) {
    const tar = new TarReader("tar", ReadableStream.from([header, tarEnd()]).values());
    await assertRejects(() => tar.head(), FreshetError, "Cannot read the backup: in tar");
  }
});

Deno.test("a time that no date holds is a time that an index may have", () => {
  const line = { kind: "folder", path: "a", mode: 0o755 };
  const parse = (modifiedAt: number) =>
    parseIndexLine("index", JSON.stringify({ ...line, ...aboutOf("a", infoOf(modifiedAt)) }));
  assertEquals(parse(NaN), { kind: "folder", path: "a", mode: 0o755, modifiedAt: 8.64e15 });
  assertEquals(parse(-1), { kind: "folder", path: "a", mode: 0o755, modifiedAt: 0 });
  assertThrows(
    () => parseIndexLine("index", JSON.stringify({ ...line, modifiedAt: 1e17 })),
    FreshetError,
    "not what an index has there",
  );
});

function infoOf(time: number): Deno.FileInfo {
  return { mode: 0o755, mtime: new Date(time) } as Deno.FileInfo;
}
