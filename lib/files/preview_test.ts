import { assertEquals } from "@std/assert";
import { localPrincipal } from "../access/mod.ts";
import { TestFolder } from "./testing.ts";

Deno.test("a file is shown by what it is, and edited only where that loses nothing", async () => {
  await using made = await TestFolder.make();
  const cases: [name: string, content: string | Uint8Array, kind: string, canEdit: boolean][] = [
    ["a.txt", "one\ntwo\n", "text", true],
    ["crlf.txt", "one\r\ntwo\r\n", "text", true],
    ["empty", "", "text", true],
    ["page.html", "<script>alert(1)</script>", "text", true],
    ["pic.svg", "<svg/>", "text", true],
    ["a.md", "# A", "markdown", true],
    ["mixed.txt", "one\r\ntwo\n", "text", false],
    ["mac.txt", "one\rtwo", "text", false],
    ["bom.txt", "\ufeffone", "text", false],
    ["latin.txt", new Uint8Array([0xfc, 0x62, 0x65, 0x72]), "text", false],
    ["large.txt", "x".repeat(1024 * 1024 + 1), "text", false],
    ["binary", new Uint8Array([1, 0, 2]), "none", false],
    ["a.zip", "PK", "none", false],
    ["a.png", "no picture", "image", false],
    ["a.mp3", "no sound", "audio", false],
    ["a.pdf", "%PDF", "pdf", false],
  ];
  for (const [name, content, kind, canEdit] of cases) {
    await made.put(name, content);
    const shown = await made.files.preview(localPrincipal, made.id, name);
    assertEquals([name, shown.kind, shown.version !== undefined], [name, kind, canEdit]);
    if (canEdit) assertEquals(shown.text, content);
  }
  const { text, truncated } = await made.files.preview(localPrincipal, made.id, "large.txt");
  assertEquals([text?.length, truncated], [1024 * 1024, true]);
  assertEquals((await made.files.preview(localPrincipal, made.id, "a.pdf")).text, "the text of a PDF");
});
