import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import {
  type Attachment,
  type FileEntry,
  type FileFolder,
  type FileListing,
  type FilePreview,
  SseParser,
  type TrashedFile,
} from "../../lib/shared/mod.ts";
import { startApp, type TestApp, testConfig } from "../harness.ts";

/** An app with one folder that was added, and a secret beside it. */
interface Rig extends AsyncDisposable {
  app: TestApp;
  folder: FileFolder;
  /** The folder, and what lies beside it, on disk. */
  path: string;
  outside: string;
  /** An operation's path of the API in the folder. */
  at(operation: string, query?: Record<string, string>): string;
}

async function start(): Promise<Rig> {
  const app = await startApp();
  const top = await Deno.realPath(await Deno.makeTempDir({ prefix: "freshet-http-" }));
  const [path, outside] = [join(top, "added"), join(top, "outside")];
  await Deno.mkdir(path);
  await Deno.mkdir(outside);
  await Deno.writeTextFile(join(outside, "secret.txt"), "secret");
  await Deno.symlink(outside, join(path, "out"));
  await Deno.writeTextFile(join(path, "a.txt"), "0123456789");
  await Deno.writeTextFile(join(path, "page.html"), "<script>alert(1)</script>");
  await Deno.writeTextFile(join(path, "pic.svg"), "<svg xmlns='http://www.w3.org/2000/svg'/>");
  const folder = await app.json<FileFolder>("POST", "/api/folders", { path }, 201);
  return {
    app,
    folder,
    path,
    outside,
    at: (operation, query) =>
      `/api/folders/${folder.id}/${operation}${query ? `?${new URLSearchParams(query)}` : ""}`,
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await Deno.remove(top, { recursive: true });
    },
  };
}

async function answer(response: Promise<Response>): Promise<[number, string]> {
  const got = await response;
  const text = await got.text();
  return [got.status, text.startsWith('{"error"') ? JSON.parse(text).error.code : text];
}

const put = (body: string): RequestInit => ({ method: "PUT", body });

Deno.test("a file is written, listed, shown, moved, deleted and brought back", async () => {
  await using rig = await start();
  const { app, at, path } = rig;
  const { size } =
    await (await app.fetch(at("content", { path: "new.md" }), put("# Title\n<img src=x onerror=alert(1)>")))
      .json();
  assertEquals(size, 36);
  const { entries } = await app.json<FileListing>("GET", at("entries"));
  assertEquals(entries.map(({ name }) => name), ["a.txt", "new.md", "out", "page.html", "pic.svg"]);
  const shown = await app.json<FilePreview>("GET", at("preview", { path: "new.md" }));
  assertStringIncludes(shown.html ?? "", "<h1>Title</h1>");
  assertFalse(/<img|<script/.test(shown.html ?? ""), shown.html);
  await app.json("POST", at("folders"), { path: "docs" }, 201);
  await app.json<FileEntry>("POST", at("move"), { from: "new.md", to: "docs/old.md" });
  const trashed = await app.json<TrashedFile>("DELETE", at("entries", { path: "docs" }));
  assertEquals((await app.json<{ trashed: TrashedFile[] }>("GET", "/api/trash")).trashed, [trashed]);
  await app.json("POST", `/api/trash/${trashed.id}/restore`);
  assertStringIncludes(await Deno.readTextFile(join(path, "docs/old.md")), "# Title");
  await app.json("DELETE", at("entries", { path: "docs" }));
  assertEquals((await answer(app.fetch("/api/trash", { method: "DELETE" })))[0], 204);
  assertEquals((await app.json<{ trashed: TrashedFile[] }>("GET", "/api/trash")).trashed, []);
});

Deno.test("bytes are sent in ranges, and never as something that runs here", async () => {
  await using rig = await start();
  const { app, at } = rig;
  const get = (path: string, headers: Record<string, string> = {}, inline = "1") =>
    app.fetch(at("content", { path, inline }), { headers });
  const whole = await get("a.txt");
  const { headers } = whole;
  assertEquals([whole.status, await whole.text(), headers.get("accept-ranges")], [
    200,
    "0123456789",
    "bytes",
  ]);
  assertEquals(headers.get("content-type"), "application/octet-stream");
  assertMatch(headers.get("content-disposition") ?? "", /^attachment; filename\*=UTF-8''a\.txt$/);
  assertMatch(headers.get("content-security-policy") ?? "", /default-src 'none'.*sandbox/);
  assertEquals(headers.get("x-content-type-options"), "nosniff");
  const etag = headers.get("etag") ?? "";
  const part = await get("a.txt", { range: "bytes=2-4" });
  assertEquals([part.status, await part.text(), part.headers.get("content-range")], [
    206,
    "234",
    "bytes 2-4/10",
  ]);
  assertEquals(part.headers.get("content-length"), "3");
  const same = await get("a.txt", { range: "bytes=-1", "if-range": etag });
  assertEquals([same.status, await same.text()], [206, "9"]);
  const other = await get("a.txt", { range: "bytes=-1", "if-range": '"x"' });
  assertEquals([other.status, await other.text()], [200, "0123456789"]);
  const beyond = await get("a.txt", { range: "bytes=10-" });
  assertEquals([beyond.status, await beyond.text(), beyond.headers.get("content-range")], [
    416,
    "",
    "bytes */10",
  ]);
  assertEquals((await answer(get("a.txt", { "if-none-match": etag })))[0], 304);
  const head = await app.fetch(at("content", { path: "a.txt" }), { method: "HEAD" });
  assertEquals([head.status, head.body, head.headers.get("content-length")], [200, null, "10"]);
  for (const path of ["page.html", "pic.svg"]) {
    const response = await get(path);
    await response.body?.cancel();
    assertEquals(response.headers.get("content-type"), "application/octet-stream", path);
    assertMatch(response.headers.get("content-disposition") ?? "", /^attachment/, path);
  }
  await app.fetch(at("content", { path: "x.png" }), put("not a picture"));
  const image = await get("x.png");
  await image.body?.cancel();
  assertEquals(
    [image.headers.get("content-type"), image.headers.get("content-disposition")],
    ["image/png", "inline; filename*=UTF-8''x.png"],
  );
});

Deno.test("no way of writing a path leads out of the folder", async () => {
  await using rig = await start();
  const { app, folder, at, outside } = rig;
  const base = `/api/folders/${folder.id}`;
  const attacks = [
    "..%2foutside%2fsecret.txt",
    "%2e%2e/outside/secret.txt",
    "..%5coutside%5csecret.txt",
    "%252e%252e%252foutside%252fsecret.txt",
    "/etc/passwd",
    "%2fetc%2fpasswd",
    "a.txt%00.png",
    "C:%5cWindows%5cwin.ini",
    "out%2fsecret.txt",
    "out/../out/secret.txt",
    "%c0%ae%c0%ae%2foutside%2fsecret.txt",
    "%EF%BC%8E%EF%BC%8E/outside/secret.txt",
    "~%2f.ssh",
    "file:%2f%2f%2fetc%2fpasswd",
  ];
  for (const attack of attacks) {
    for (const operation of ["entries", "preview", "content"]) {
      const [status, text] = await answer(app.fetch(`${base}/${operation}?path=${attack}`));
      assert([400, 403, 404].includes(status), `${operation} ${attack}: ${status}`);
      assertFalse(text.includes("secret"), `${operation} ${attack}`);
    }
    const [written] = await answer(app.fetch(`${base}/content?path=${attack}/x&replace=1`, put("x")));
    assert([400, 403, 404].includes(written), `write ${attack}: ${written}`);
    const [gone] = await answer(app.fetch(`${base}/entries?path=${attack}`, { method: "DELETE" }));
    assert([400, 403, 404].includes(gone), `delete ${attack}: ${gone}`);
  }
  assertEquals(await answer(app.fetch(at("preview", { path: "out/secret.txt" }))), [403, "forbidden"]);
  assertEquals((await answer(app.fetch(`${base}/../../folders/x/entries`)))[0], 404);
  assertEquals(await Deno.readTextFile(join(outside, "secret.txt")), "secret");
  assertEquals((await Array.fromAsync(Deno.readDir(outside))).length, 1);
});

Deno.test("foreign pages, foreign hosts and strangers get nothing", async () => {
  await using rig = await start();
  const { app, at } = rig;
  const path = { path: "a.txt" };
  const foreign = { origin: "https://evil.example" };
  for (
    const [url, init] of [
      [at("content", { ...path, replace: "1" }), { ...put("x"), headers: foreign }],
      [at("entries", path), { method: "DELETE", headers: foreign }],
      [at("move"), {
        method: "POST",
        body: '{"from":"a.txt","to":"b"}',
        headers: { ...foreign, "content-type": "application/json" },
      }],
      ["/api/trash", { method: "DELETE", headers: { "sec-fetch-site": "cross-site" } }],
      ["/api/folders", {
        method: "POST",
        body: '{"path":"/tmp"}',
        headers: { ...foreign, "content-type": "application/json" },
      }],
      ["/files", {
        method: "POST",
        body: new URLSearchParams({ intent: "add", path: "/tmp" }),
        headers: foreign,
      }],
    ] as [string, RequestInit][]
  ) assertEquals((await answer(app.fetch(url, init)))[0], 403, url);
  for (const url of [at("entries"), at("content", path), "/api/folders", "/files"]) {
    const [status, text] = await answer(app.fetch(`http://rebound.example${url}`));
    assertEquals([status, text.includes("a.txt")], [403, false], url);
  }
  assertEquals(await Deno.readTextFile(join(rig.path, "a.txt")), "0123456789");
  await using locked = await startApp({ token: "a-long-token-of-this-test" });
  for (const url of ["/api/folders", "/api/trash"]) assertEquals((await answer(locked.fetch(url)))[0], 401);
  const page = await locked.fetch("/files", { redirect: "manual" });
  await page.body?.cancel();
  assertEquals([page.status, page.headers.get("location")?.startsWith("/login")], [303, true]);
});

Deno.test("a key needs the scope, stays in the folders that there are, and adds none", async () => {
  await using rig = await start();
  const { app, at, outside, folder } = rig;
  const key = async (scopes: string[]) => {
    const { secret } = await app.json<{ secret: string }>("POST", "/api/keys", { name: "k", scopes });
    return (url: string, init: RequestInit = {}) => {
      return answer(app.fetch(url, { ...init, headers: { ...init.headers, "x-api-key": secret } }));
    };
  };
  const json = (body: unknown): RequestInit => ({
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": "application/json" },
  });
  const without = await key(["chat", "studio", "embeddings", "models", "admin"]);
  const operations: [string, RequestInit][] = [
    ["/api/folders", {}],
    [at("entries"), {}],
    [at("preview", { path: "a.txt" }), {}],
    [at("content", { path: "a.txt" }), {}],
    [at("content", { path: "b.txt" }), put("x")],
    [at("search", { q: "a" }), {}],
    [at("move"), json({ from: "a.txt", to: "b.txt" })],
    [at("folders"), json({ path: "new" })],
    [at("attach"), json({ path: "a.txt" })],
    [at("entries", { path: "a.txt" }), { method: "DELETE" }],
    ["/api/trash", {}],
    ["/api/trash", { method: "DELETE" }],
    ["/api/trash/x", { method: "DELETE" }],
    ["/api/trash/x/restore", { method: "POST" }],
  ];
  for (const [url, init] of operations) {
    assertEquals(await without(url, init), [403, "forbidden"], `${init.method ?? "GET"} ${url}`);
  }
  const within = await key(["files"]);
  assertEquals((await within(at("content", { path: "b.txt" }), put("by key")))[0], 200);
  assertEquals(await within(at("content", { path: "b.txt" })), [200, "by key"]);
  assertEquals((await within(at("content", { path: "out/secret.txt" })))[1], "forbidden");
  assertEquals(await within(at("attach"), json({ path: "a.txt" })), [403, "forbidden"]);
  for (const [scopes, ask] of [["files", within], ["all", await key(["files", "admin"])]] as const) {
    assertEquals(await ask("/api/folders", json({ path: outside })), [403, "forbidden"], scopes);
    assertEquals(await ask(`/api/folders/${folder.id}`, { method: "DELETE" }), [403, "forbidden"], scopes);
    assertEquals((await ask("/files"))[0], 403, scopes);
  }
});

Deno.test("a search is streamed, and ends when it is left", async () => {
  await using rig = await start();
  const { app, at } = rig;
  const response = await app.fetch(at("search", { q: "456", contents: "1" }));
  assertMatch(response.headers.get("content-type") ?? "", /^text\/event-stream/);
  const parser = new SseParser();
  const events = parser.push(await response.bytes());
  assertEquals(events.map(({ event }) => event), ["hit", "end"]);
  assertEquals(JSON.parse(events[0]?.data ?? ""), {
    path: "a.txt",
    kind: "file",
    line: 1,
    text: "0123456789",
  });
  const left = await app.fetch(at("search", { q: "a" }));
  await left.body?.cancel();
  assertEquals(await answer(app.fetch(at("search", { q: "a", path: "out" }))), [403, "forbidden"]);
  assertEquals(await answer(app.fetch(at("search", { q: " " }))), [400, "invalid_request"]);
});

Deno.test("a file becomes an attachment of chats", async () => {
  await using rig = await start();
  const { app, at } = rig;
  const attachment = await app.json<Attachment>("POST", at("attach"), { path: "a.txt" }, 201);
  assertEquals([attachment.name, attachment.kind, attachment.sizeBytes], ["a.txt", "text", 10]);
  assertEquals(await answer(app.fetch(`/api/attachments/${attachment.id}`)), [200, "0123456789"]);
});

Deno.test("the feature can be switched off", async () => {
  const features = { ...testConfig().features, files: false };
  await using app = await startApp({ features });
  for (const url of ["/api/folders", "/api/trash", "/files"]) {
    assertEquals((await answer(app.fetch(url)))[0], 404, url);
  }
});
