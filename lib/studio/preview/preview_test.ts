import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import type { ProjectKind } from "../../shared/mod.ts";
import { type PreviewRequest, servePreview, splitPreviewPath } from "./preview.ts";

const ORIGIN = "http://localhost:13000";
const BASE = `${ORIGIN}/preview/abc.def/`;

async function serve(
  path: string,
  files: Record<string, string> = {},
  kinds: ProjectKind[] = ["ui"],
  more: Partial<PreviewRequest> = {},
) {
  const asked: string[] = [];
  const response = await servePreview({
    read: (path) => {
      asked.push(path);
      return Promise.resolve(files[path] ?? null);
    },
    path,
    token: "abc.def",
    kinds,
    origin: ORIGIN,
    embedders: ["http://127.0.0.1:13000"],
    bridge: "/gen/preview_bridge.js",
    ...more,
  });
  return { response, asked, text: await response.text(), status: response.status };
}

Deno.test("every kind of file has the type by which browsers take it", async () => {
  const expected = {
    "a.html": "text/html; charset=utf-8",
    "a.css": "text/css; charset=utf-8",
    "a.js": "text/javascript; charset=utf-8",
    "a.mjs": "text/javascript; charset=utf-8",
    "a.ts": "text/javascript; charset=utf-8",
    "a.mts": "text/javascript; charset=utf-8",
    "a.json": "application/json",
    "a.svg": "image/svg+xml; charset=utf-8",
    "a.md": "text/plain; charset=utf-8",
    "a.webmanifest": "application/manifest+json",
    "LICENSE": "text/plain; charset=utf-8",
  };
  for (const [path, type] of Object.entries(expected)) {
    const { response } = await serve(path, { [path]: "" });
    assertEquals(response.headers.get("content-type"), type, path);
    assertEquals(response.headers.get("x-content-type-options"), "nosniff");
  }
});

Deno.test("a folder is its index.html, and a page begins with the bridge on its first line", async () => {
  const html = "<!doctype html>\n<title>A</title>\n";
  for (const path of ["", "index.html"]) {
    const { text } = await serve(path, { "index.html": html });
    const script = `<script src="${ORIGIN}/gen/preview_bridge.js" data-nonce="abc.def"></script>`;
    assertEquals(text, `<!doctype html>${script}\n<title>A</title>\n`);
  }
  assertEquals((await serve("docs/", { "docs/index.html": "x" })).status, 200);
  assertMatch((await serve("", { "index.html": "<h1>A" })).text, /^<script .+<h1>A$/);
});

Deno.test("addresses from the root lead below the preview, those of other hosts stay", async () => {
  const html = `<link rel="x" href="/a.css"><script src='/b.js'></script><img src="//evil.example/c">` +
    `<a href=/d>d</a><a href="e">e</a><p>see href="/f"</p>`;
  const { text } = await serve("", { "index.html": html });
  assertStringIncludes(text, `<link rel="x" href="${BASE}a.css"><script src='${BASE}b.js'></script>`);
  assertStringIncludes(text, `<img src="//evil.example/c"><a href=${BASE}d>d</a><a href="e">e</a>`);
  assertStringIncludes(text, `<p>see href="/f"</p>`);
});

Deno.test("an API with a page shows public/, and nothing else needs to be there", async () => {
  const files = { "public/index.html": "public", "index.html": "root", "main.ts": "" };
  assertStringIncludes((await serve("", files, ["ui", "api"])).text, "public");
  assertStringIncludes((await serve("", files, ["ui"])).text, "root");
  assertStringIncludes((await serve("", { "public/index.html": "public" })).text, "public");
});

Deno.test("TypeScript loses its types and keeps its lines and columns", async () => {
  const { text } = await serve("a.ts", {
    "a.ts": "type A = string;\nexport const a: A = `é` as A;\nfail();\n",
  });
  assertEquals(text.split("\n").length, 4);
  assertMatch(text.split("\n")[1] ?? "", /^export const a {4}= `é`\s+;$/);
});

Deno.test("TypeScript that cannot be read becomes a script that says so", async () => {
  for (
    const [source, expected] of [
      ["export enum A { B }\nexport const c = 1, d = 2;", /enum is not supported.+\(line 1, column 8\)/],
      [
        "const a = ;\nexport { a as b };\nexport default a;",
        /Cannot read lib\/a\.ts as TypeScript: Syntax error/,
      ],
    ] as const
  ) {
    const { text, response } = await serve("lib/a.ts", { "lib/a.ts": source });
    assertEquals(response.status, 200);
    assertMatch(text, expected);
    const error = await import(`data:text/javascript,${encodeURIComponent(text)}`).catch((error) => error);
    assertMatch(String(error), expected);
  }
  const { text } = await serve("a.ts", { "a.ts": "const a = ;\nexport { a as b };\nexport default a;" });
  assertStringIncludes(text, "export { export0 as b };");
  assertStringIncludes(text, "export default undefined;");
});

Deno.test("the policy names the preview's own address, and nothing else of this server", async () => {
  const { response } = await serve("", { "index.html": "" });
  const policy = response.headers.get("content-security-policy") ?? "";
  const directives = new Map(
    policy.split("; ").map((text) => {
      const [name = "", ...values] = text.split(" ");
      return [name, values];
    }),
  );
  assertEquals(directives.get("sandbox"), ["allow-scripts", "allow-forms", "allow-downloads"]);
  assertEquals(directives.get("default-src"), ["'none'"]);
  assertEquals(directives.get("connect-src"), [BASE, "blob:", "data:"]);
  assertEquals(directives.get("frame-src"), ["'none'"]);
  assertEquals(directives.get("form-action"), [BASE]);
  assertEquals(directives.get("frame-ancestors"), ["http://127.0.0.1:13000"]);
  assert(directives.get("script-src")?.includes(`${ORIGIN}/gen/preview_bridge.js`));
  assertFalse(/'self'|\*|https?:(?:\s|;)/.test(policy), policy);
});

Deno.test("every answer has the headers, those of failures too", async () => {
  for (const path of ["index.html", "a.js", "missing.js", "../x"]) {
    const { headers } = (await serve(path, { "index.html": "", "a.js": "" })).response;
    assertMatch(
      headers.get("content-security-policy") ?? "",
      /^sandbox allow-scripts allow-forms allow-downloads; /,
    );
    assertEquals(headers.get("access-control-allow-origin"), "*");
    assertEquals(headers.get("cross-origin-resource-policy"), "cross-origin");
    assertEquals(headers.get("referrer-policy"), "no-referrer");
    assertEquals(headers.get("cache-control"), "no-store");
    assertEquals(headers.get("set-cookie"), null);
  }
});

Deno.test("what the version does not have is not found, and its name is text", async () => {
  const { status, text } = await serve("<img%20src=x>.html");
  assertEquals(status, 404);
  assertStringIncludes(text, "&#60;img src=x&#62;.html");
  assertStringIncludes((await serve("")).text, "<code>index.html</code>");
  assertFalse(text.includes("<img"));
});

Deno.test("what is no file is asked of the version's API, which cannot loosen the policy", async () => {
  let asked = 0;
  const ask = () => {
    asked++;
    const headers = {
      "content-security-policy": "none",
      "set-cookie": "a=b",
      "content-type": "application/json",
    };
    return Promise.resolve(new Response("[]", { status: 201, headers }));
  };
  const files = { "public/index.html": "page" };
  assertStringIncludes((await serve("", files, ["ui", "api"], { ask })).text, "page");
  assertEquals(asked, 0);
  const { status, text, response } = await serve("todos", files, ["api"], { ask });
  assertEquals([status, text, asked], [201, "[]", 1]);
  assertEquals(response.headers.get("content-type"), "application/json");
  assertEquals(response.headers.get("set-cookie"), null);
  assertMatch(response.headers.get("content-security-policy") ?? "", /^sandbox /);
  const post = await serve("", files, ["ui", "api"], { ask, method: "POST" });
  assertEquals([post.status, asked], [201, 2]);
});

Deno.test("without an API only reading is answered, and the question that browsers ask first", async () => {
  const files = { "index.html": "page" };
  assertEquals((await serve("", files, ["ui"], { method: "POST" })).status, 404);
  assertEquals((await serve("", files, ["ui"], { method: "HEAD" })).status, 200);
  const { status, response } = await serve("todos", files, ["ui"], { method: "OPTIONS" });
  assertEquals([status, response.headers.get("access-control-allow-methods")], [204, "*"]);
  assertEquals((await serve("x", files, ["api"], { ask: () => Promise.resolve(null) })).status, 404);
});

Deno.test("no path leads out of the project", async () => {
  const paths = [
    "../secret",
    "..%2fsecret",
    "a/../../secret",
    "%2e%2e/secret",
    "%2Fetc/passwd",
    "/etc/passwd",
    "C:%5Cwindows",
    "..%5csecret",
    "a%00.html",
    ".git/config",
    "%ff",
    "%",
  ];
  for (const path of paths) {
    const { status, asked } = await serve(path, { secret: "!", "etc/passwd": "!" });
    assertEquals([status, asked], [404, []], path);
  }
});

Deno.test("an address is split into token and path", () => {
  assertEquals(splitPreviewPath("/preview/t.s/a/b.js"), { token: "t.s", path: "a/b.js" });
  assertEquals(splitPreviewPath("/preview/t.s/"), { token: "t.s", path: "" });
  for (const path of ["/preview/t.s", "/preview/", "/preview//a", "/other/t/a"]) {
    assertEquals(splitPreviewPath(path), null, path);
  }
});

Deno.test("our own page for a missing one speaks the browser's language", async () => {
  const german = await serve("gone.html", {}, ["ui"], { acceptLanguage: "de-CH,de;q=0.9,en;q=0.8" });
  assertEquals(german.status, 404);
  assertMatch(german.text, /<html lang="de">.*<h1>Nicht gefunden<\/h1><p><code>gone.html<\/code> gibt es/);
  const other = await serve("<b>.html", {}, ["ui"], { acceptLanguage: "fr" });
  assertMatch(other.text, /<html lang="en">.*This version has no <code>&#60;b&#62;\.html<\/code>\./);
});
