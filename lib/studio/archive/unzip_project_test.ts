import { assert, assertEquals, assertLess, assertThrows } from "@std/assert";
import { seededRandom } from "../../../tests/random.ts";
import { type ErrorCode, FreshetError, PROJECT_LIMITS } from "../../shared/mod.ts";
import { ARCHIVE_BYTES_MAX, unzipProject, zipProject } from "./mod.ts";
import { centralHeader, patched, rawZip } from "./testing.ts";

const SMALL = rawZip([["a.txt", "hello hello hello hello"], ["b.txt", "b"]]);

function assertRefused(bytes: Uint8Array, code: ErrorCode, includes = ""): void {
  const error = assertThrows(() => unzipProject(bytes), FreshetError, includes);
  assertEquals(error.code, code, error.message);
}

Deno.test("no path leads outside, whatever its form", () => {
  const hostile = [
    "../evil.ts",
    "a/../../evil.ts",
    "node_modules/../../evil.ts",
    "/etc/evil.ts",
    "//host/evil.ts",
    "C:/evil.ts",
    "C:evil.ts",
    "..\\evil.ts",
    "a\\..\\..\\evil.ts",
    "\\\\host\\evil.ts",
    "a\0.ts",
    "a/\u0001.ts",
    "con",
    "a/NUL.txt",
    "a/com1.ts",
    "a/b.",
    "a/b ",
    "a//b.ts",
    "a/b/./c.ts",
    "a/b.ts:stream",
    "",
  ];
  for (const name of hostile) {
    assertRefused(rawZip([["ok.ts", "1"], [name, "evil"]]), "invalid_request");
    assertRefused(rawZip([[name, "evil"]]), "invalid_request");
  }
});

Deno.test("a link or device is refused by its mode", () => {
  for (const mode of [0o120777, 0o020666, 0o060666, 0o010644, 0o140755]) {
    assertRefused(
      rawZip([["ok.ts", "1"], ["link.ts", "/etc/passwd", mode]]),
      "invalid_request",
      "a link or a device",
    );
  }
  assertEquals(unzipProject(rawZip([["run.sh", "1", 0o100755], ["b", "2"]])).files.length, 2);
});

Deno.test("files that are one where case is ignored are refused", () => {
  const pairs = [["a.ts", "A.TS"], ["a.ts", "a.ts"], ["é.ts", "e\u0301.ts"], ["src", "SRC/a.ts"], [
    "a/b",
    "a/B/c/d",
  ]];
  for (const [one = "", other = ""] of pairs) {
    assertRefused(rawZip([[one, "1"], [other, "2"], ["z", "3"]]), "invalid_request", "cannot both be files");
  }
});

Deno.test("dependencies, git's folder and what macOS leaves are left out, however strange", () => {
  const { files, skipped } = unzipProject(rawZip([
    ["node_modules/x/a.js", "1"],
    ["app/node_modules/deep/" + "d/".repeat(40) + "a.js", "1"],
    [".git/config", "1"],
    ["__MACOSX/._a.ts", "1"],
    ["app/.DS_Store", "1"],
    ["app/link", "x", 0o100644],
    [".gitignore", "dist"],
  ]));
  assertEquals(files.map(({ path }) => path), [".gitignore", "app/link"]);
  assertEquals(skipped, []);
});

Deno.test("a single folder around everything is taken off, as GitHub's archives have it", () => {
  const paths = (entries: [string, string][]) => unzipProject(rawZip(entries)).files.map(({ path }) => path);
  assertEquals(paths([["repo-main/", ""], ["repo-main/a.ts", "1"], ["repo-main/src/b.ts", "2"]]), [
    "a.ts",
    "src/b.ts",
  ]);
  assertEquals(paths([["__MACOSX/._x", "0"], ["app/index.html", "1"]]), ["index.html"]);
  assertEquals(paths([["./app/a.ts", "1"], ["./app/b.ts", "1"]]), ["a.ts", "b.ts"]);
  assertEquals(paths([["a/a.ts", "1"], ["b/b.ts", "2"]]), ["a/a.ts", "b/b.ts"]);
  assertEquals(paths([["public/index.html", "1"], ["public/app.js", "2"]]), [
    "public/app.js",
    "public/index.html",
  ]);
});

Deno.test("what is not text is skipped and told", () => {
  const { files, skipped } = unzipProject(rawZip([
    ["logo.png", new Uint8Array(2_000_000)],
    ["data.bin2", new Uint8Array([65, 0, 66])],
    ["latin1.txt", new Uint8Array([0xe9, 0x20])],
    ["a.svg", "<svg/>"],
  ]));
  assertEquals(files, [{ path: "a.svg", content: "<svg/>" }]);
  assertEquals(skipped, [
    { path: "data.bin2", reason: "binary" },
    { path: "latin1.txt", reason: "not_utf8" },
    { path: "logo.png", reason: "binary" },
  ]);
});

Deno.test("a name that is not UTF-8 is skipped and told", () => {
  const bytes = rawZip([["a.txt", "1"], ["QQ.txt", "2"]]);
  const renamed = bytes.map((byte) => byte === 0x51 ? 0xe9 : byte);
  const { files, skipped } = unzipProject(renamed);
  assertEquals(files.map(({ path }) => path), ["a.txt"]);
  assertEquals(skipped, [{ path: "\ufffd\ufffd.txt", reason: "name" }]);
});

Deno.test("an archive without text files is refused", () => {
  assertRefused(rawZip([]), "invalid_request", "no text files");
  assertRefused(rawZip([["a.png", "x"], ["node_modules/a.js", "x"]]), "invalid_request", "no text files");
});

Deno.test("limits are checked by what is declared, before anything is inflated", () => {
  const { files, fileBytes, totalBytes } = PROJECT_LIMITS;
  const many = Array.from({ length: files + 1 }, (_, i): [string, string] => [`${i}.ts`, ""]);
  assertRefused(rawZip(many), "payload_too_large", `${files + 1} files`);
  assertEquals(unzipProject(rawZip(many.slice(1))).files.length, files);
  assertRefused(rawZip([["a.txt", new Uint8Array(fileBytes + 1)], ["b", ""]]), "payload_too_large", "a.txt");
  const full = new Uint8Array(fileBytes).fill(32);
  const most = Array.from(
    { length: totalBytes / fileBytes },
    (_, i): [string, Uint8Array] => [`${i}.ts`, full],
  );
  assertRefused(rawZip([...most, ["z.ts", " "]]), "payload_too_large", `${totalBytes + 1} bytes`);
});

Deno.test("a bomb that declares little is stopped at what it declares", () => {
  const bomb = rawZip([["a.txt", new Uint8Array(30_000_000)], ["b", "1"]]);
  assertLess(bomb.length, 100_000);
  assertRefused(bomb, "payload_too_large");
  assertRefused(patched(bomb, 0, [[24, 4, 10]]), "invalid_request", "larger than it declares");
  assertRefused(
    patched(bomb, 0, [[24, 4, PROJECT_LIMITS.fileBytes]]),
    "invalid_request",
    "larger than it declares",
  );
});

Deno.test("entries that share their data are refused", () => {
  const noise = seededRandom(7);
  const text = Array.from({ length: 50_000 }, () => String.fromCharCode(33 + noise() * 90)).join("");
  const bytes = rawZip([["a.txt", text], ["b.txt", ""], ["c.txt", ""]]);
  const view = new DataView(bytes.buffer);
  const size = view.getUint32(centralHeader(bytes, 0) + 20, true);
  const overlapping = patched(patched(bytes, 1, [[20, 4, size]]), 2, [[20, 4, size]]);
  assertRefused(overlapping, "invalid_request", "overlap");
});

Deno.test("a file is refused whose content is not what was declared", () => {
  assertRefused(patched(SMALL, 0, [[24, 4, 24]]), "invalid_request", "damaged");
  assertRefused(patched(SMALL, 0, [[24, 4, 22]]), "invalid_request", "larger");
  assertRefused(patched(SMALL, 0, [[16, 4, 1]]), "invalid_request", "damaged");
  assertRefused(patched(SMALL, 0, [[20, 4, 4]]), "invalid_request", "damaged");
  assertRefused(patched(SMALL, 0, [[42, 4, 9]]), "invalid_request");
  const renamed = SMALL.slice();
  renamed[30] = 0x7a;
  assertRefused(renamed, "invalid_request", "two names");
});

Deno.test("what cannot be read is said: encryption, other compressions, ZIP64, volumes", () => {
  for (const flag of [1, 0x41, 0x2000]) {
    assertRefused(patched(SMALL, 1, [[8, 2, flag]]), "unsupported_media", '"b.txt" is encrypted');
  }
  for (const method of [1, 9, 12, 14, 93, 95]) {
    assertRefused(patched(SMALL, 0, [[10, 2, method]]), "unsupported_media", `by method ${method}`);
  }
  assertRefused(patched(SMALL, 0, [[20, 4, 0xffffffff]]), "unsupported_media", "ZIP64");
  const end = (offset: number, value: number) => {
    const copy = SMALL.slice();
    new DataView(copy.buffer).setUint16(copy.length - 22 + offset, value, true);
    return copy;
  };
  assertRefused(end(10, 0xffff), "unsupported_media", "ZIP64");
  assertRefused(end(4, 1), "unsupported_media", "volumes");
});

Deno.test("an archive may have a comment, and be a part of a larger buffer", () => {
  const bytes = new Uint8Array(SMALL.length + 20);
  bytes.set(SMALL, 10);
  new DataView(bytes.buffer).setUint16(10 + SMALL.length - 2, 3, true);
  assertEquals(unzipProject(bytes.subarray(10, 13 + SMALL.length)).files.length, 2);
});

Deno.test("no damage to an archive is anything but a clear error", () => {
  const random = seededRandom(9);
  const text = Array.from({ length: 500 }, () => random().toString(36)).join("\n");
  const good = rawZip([["a.txt", text], ["dir/b.ts", "export const b = 1;\n".repeat(50)], ["c.json", "{}"]]);
  const attempt = (bytes: Uint8Array) => {
    try {
      unzipProject(bytes);
    } catch (error) {
      assert(error instanceof FreshetError, `${error}`);
      assert(["invalid_request", "unsupported_media", "payload_too_large"].includes(error.code), error.code);
    }
  };
  for (let length = 0; length < good.length; length += 1 + Math.floor(random() * 12)) {
    attempt(good.slice(0, length));
  }
  for (let round = 0; round < 3_000; round++) {
    const bytes = good.slice();
    for (let i = 0; i <= round % 4; i++) {
      const at = random() < 0.5 ? random() * bytes.length : bytes.length - 1 - random() * 200;
      bytes[Math.floor(at)] = random() * 256;
    }
    attempt(bytes);
  }
  for (let round = 0; round < 200; round++) attempt(Uint8Array.from({ length: 60 }, () => random() * 256));
});

Deno.test("a huge archive is not looked at", () => {
  assertRefused(new Uint8Array(ARCHIVE_BYTES_MAX + 1), "payload_too_large");
});

Deno.test("incompressible and stored files come back", () => {
  const random = seededRandom(4);
  const content = Array.from({ length: 60_000 }, () => String.fromCharCode(32 + random() * 0x2000)).join("");
  const files = [{ path: "a.txt", content }, { path: "b.txt", content: "x".repeat(900_000) }];
  assertEquals(unzipProject(zipProject(files, { modifiedAt: 0 })).files, files);
});

Deno.test({
  name: "archives of other programs are read",
  ignore: !(await Array.fromAsync(Deno.readDir("/usr/bin"))).some(({ name }) => name === "zip"),
  async fn() {
    const folder = await Deno.makeTempDir();
    try {
      await Deno.mkdir(`${folder}/app/src`, { recursive: true });
      await Deno.writeTextFile(`${folder}/app/ü.txt`, "ü\n".repeat(500));
      await Deno.writeTextFile(`${folder}/app/src/a.ts`, "a");
      await Deno.symlink("/etc/passwd", `${folder}/app/link`);
      const zip = async (...args: string[]) => {
        const command = new Deno.Command("/usr/bin/zip", { args, cwd: folder, env: { LC_ALL: "C.UTF-8" } });
        assert((await command.output()).success);
        return await Deno.readFile(`${folder}/${args.find((arg) => arg.endsWith(".zip"))}`);
      };
      const followed = unzipProject(await zip("-qr", "followed.zip", "app", "-x", "app/link"));
      assertEquals(followed.files, [{ path: "src/a.ts", content: "a" }, {
        path: "ü.txt",
        content: "ü\n".repeat(500),
      }]);
      assertRefused(await zip("-qry", "links.zip", "app"), "invalid_request", "a link or a device");
      assertRefused(await zip("-qrP", "secret", "locked.zip", "app"), "unsupported_media", "encrypted");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});
