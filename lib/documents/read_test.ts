import {
  assert,
  assertEquals,
  assertFalse,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { FreshetError } from "../shared/mod.ts";
import { MAX_DOCUMENT_BYTES, MAX_DOCUMENT_TEXT, type ReadDocument, readDocument } from "./mod.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const latin1 = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0));
const read = (name: string, bytes: Uint8Array, mediaType = "application/octet-stream") =>
  readDocument({ name, mediaType, bytes });

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(2 * (text.length + 1)));
  view.setUint16(0, 0xfeff, littleEndian);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * (i + 1), text.charCodeAt(i), littleEndian);
  return new Uint8Array(view.buffer);
}

/** A minimal PDF 1.4 with one page for each text. */
function makePdf(pages: string[], trailer = ""): Uint8Array {
  const kids = pages.map((_, i) => `${4 + 2 * i} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...pages.flatMap((text, i) => {
      const content = text && `BT /F1 12 Tf 72 720 Td (${text}) Tj ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents ${5 + 2 * i} 0 R ` +
        "/Resources << /Font << /F1 3 0 R >> >> >>",
        `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, i) => {
    const offset = file.length;
    file += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const start = file.length;
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
  return latin1(file);
}

function makePng(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(33);
  bytes.set(latin1("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR"));
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  return bytes;
}

Deno.test("texts and source code are read by their bytes", async () => {
  for (const name of ["a.txt", "main.rs", "Dockerfile", "x.bin"]) {
    const document = await read(name, utf8("Grüße,\r\n中文 🎉\n"));
    assertEquals(document, {
      kind: "text",
      mediaType: "text/plain",
      text: "Grüße,\n中文 🎉\n",
      warnings: [],
    });
  }
  const types = {
    "a.MD": "text/markdown",
    "a.csv": "text/csv",
    "a.json": "application/json",
    "a.yml": "application/yaml",
  };
  for (const [name, mediaType] of Object.entries(types)) {
    assertEquals((await read(name, utf8("x"))).mediaType, mediaType);
  }
});

Deno.test("a text never gets a type that a browser would run", async () => {
  for (const name of ["a.html", "a.svg", "a.js", "a.xml"]) {
    assertEquals((await read(name, utf8("<script>"), "text/html")).mediaType, "text/plain");
  }
});

Deno.test("UTF-16 and byte order marks are understood", async () => {
  for (const bytes of [utf16("Grüße 🎉", true), utf16("Grüße 🎉", false), utf8("\ufeffGrüße 🎉")]) {
    const document = await read("a.txt", bytes);
    assert(document.kind === "text");
    assertEquals(document.text, "Grüße 🎉");
  }
});

Deno.test("a table in Windows-1252 is read with a warning", async () => {
  const document = await read("a.csv", latin1("Stra\xdfe;5 \x80\n"));
  assert(document.kind === "text");
  assertEquals(document.text, "Straße;5 €\n");
  assertEquals(document.warnings.length, 1);
});

Deno.test("binary junk is refused", async () => {
  const junk = Uint8Array.from({ length: 500 }, (_, i) => (i * 7919) % 256);
  for (
    const [name, bytes] of [["a.txt", junk], ["a.rs", latin1("\xff\xfe\xfa")], ["a.c", utf8("a\0b")], [
      "b",
      utf8("\x01\x02"),
    ]] as const
  ) {
    const error = await assertRejects(() => read(name, bytes), FreshetError, `Cannot read ${name}`);
    assertEquals(error.code, "unsupported_media");
  }
  const office = await assertRejects(
    () => read("a.docx", latin1("PK\x03\x04\x14\0\0\0")),
    FreshetError,
    "Office document",
  );
  assertStringIncludes(office.hint ?? "", "PDF");
});

Deno.test("the limits are kept", async () => {
  const large = await assertRejects(
    () => read("a.txt", new Uint8Array(MAX_DOCUMENT_BYTES + 1)),
    FreshetError,
  );
  assertEquals(large.code, "payload_too_large");
  assertEquals(
    (await assertRejects(() => read("a.txt", new Uint8Array(0)), FreshetError)).code,
    "invalid_request",
  );
  const document = await read("a.txt", utf8("x".repeat(MAX_DOCUMENT_TEXT - 1) + "🎉🎉"));
  assert(document.kind === "text");
  assertEquals(document.text.length, MAX_DOCUMENT_TEXT - 1);
  assertMatch(document.warnings.join(), /first 1,000,000 characters/);
});

Deno.test("images are recognised by their bytes, whatever they are called", async () => {
  const png: ReadDocument = { kind: "image", mediaType: "image/png", width: 300, height: 20, warnings: [] };
  assertEquals(await read("photo.jpg", makePng(300, 20), "text/plain"), png);
  const gif = latin1("GIF89a\x05\0\x03\0\0\0\0;");
  assertEquals(await read("x", gif), { ...png, mediaType: "image/gif", width: 5, height: 3 });
  const webp = latin1("RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\0\0\x1f\0\0");
  assertEquals(await read("x", webp), { ...png, mediaType: "image/webp", width: 64, height: 32 });
  const frame = "\xff\xc0\0\x11\x08\0\x0a\0\x14\x03\x01\x22\0\x02\x11\x01\x03\x11\x01";
  const jpeg = latin1(`\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0${frame}\xff\xd9`);
  assertEquals(await read("x", jpeg), { ...png, mediaType: "image/jpeg", width: 20, height: 10 });
});

Deno.test("damaged images and formats we do not show are refused", async () => {
  for (const bytes of [makePng(0, 5), latin1("\xff\xd8\xff\xe0"), latin1("GIF89a")]) {
    assertEquals((await assertRejects(() => read("a.png", bytes), FreshetError)).code, "unsupported_media");
  }
  const svg = await read("a.png", utf8("<svg xmlns='http://www.w3.org/2000/svg'/>"));
  assertEquals(svg.kind, "text");
});

Deno.test("the text of a PDF has page markers", async () => {
  assertEquals(await read("a.pdf", makePdf(["Hello world", "Second page"])), {
    kind: "pdf",
    mediaType: "application/pdf",
    text: "[Page 1]\nHello world\n\n[Page 2]\nSecond page",
    pages: 2,
    warnings: [],
  });
});

Deno.test("a PDF without text says so", async () => {
  const document = await read("scan.pdf", makePdf(["", ""]));
  assertStringIncludes(document.warnings.join(), "no text");
});

Deno.test("bad and locked PDFs are typed errors", async () => {
  for (const bytes of [utf8("%PDF-1.7\nnothing else"), makePdf(["x"]).slice(0, 200), utf8("%PDF-")]) {
    const error = await assertRejects(() => read("a.pdf", bytes), FreshetError, "no valid PDF");
    assertEquals(error.code, "unsupported_media");
    assertFalse("cause" in error.toBody());
  }
  const key = "00".repeat(32);
  const encryption =
    `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${key}> /U <${key}> /P -4 >> /ID [<00> <00>]`;
  const error = await assertRejects(
    () => read("a.pdf", makePdf(["x"], encryption)),
    FreshetError,
    "password",
  );
  assertEquals(error.code, "unsupported_media");
});

Deno.test("the bytes of a PDF stay with the caller", async () => {
  const bytes = makePdf(["x"]);
  const length = bytes.length;
  await read("a.pdf", bytes);
  assertEquals(bytes.length, length);
});
