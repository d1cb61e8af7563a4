import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { ProjectFile, ProjectKind } from "../../shared/mod.ts";
import { unzipProject, withStarter, zipProject } from "./mod.ts";

const PAGE: ProjectFile[] = [
  { path: "index.html", content: '<!doctype html><script type="module" src="./app.ts"></script>' },
  { path: "app.ts", content: "const answer: number = 42;\ndocument.title = `${answer}`;\n" },
  { path: "bad.ts", content: "enum A { B }\n" },
  { path: "a b/ü.css", content: "b {}" },
];
const API: ProjectFile[] = [
  {
    path: "main.ts",
    content: 'import { Hono } from "hono";\nconst app = new Hono();\n' +
      'app.get("/", (c) => c.json({ ok: true }));\nexport default app;\n',
  },
];

const paths = (files: ProjectFile[]) => files.map(({ path }) => path).sort();

Deno.test("a page gets a server, a task and a README", () => {
  const files = withStarter("My page", ["ui"], PAGE);
  assertEquals(files.slice(0, PAGE.length), PAGE);
  assertEquals(paths(files.slice(PAGE.length)), ["README.md", "deno.json", "serve.ts"]);
});

Deno.test("an API gets a task and a README, and may read the folder only for its page", () => {
  const [, config, readme, ...rest] = withStarter("Notes API", ["api"], API);
  assertEquals(rest, []);
  assertEquals(JSON.parse(config?.content ?? ""), {
    tasks: { start: "deno serve --allow-net --port 8000 main.ts", test: "deno test" },
    imports: { hono: "npm:hono@^4" },
  });
  assertStringIncludes(readme?.content ?? "", "# Notes API\n");
  const both = withStarter("x", ["ui", "api"], [...API, { path: "public/index.html", content: "" }]);
  assertStringIncludes(
    both.find(({ path }) => path === "deno.json")?.content ?? "",
    "--allow-read=. --port 8000",
  );
  assert(!paths(both).includes("serve.ts"));
});

Deno.test("a project's own files are never replaced, however their names are written", () => {
  const own = ["Deno.json", "readme.MD", "serve.ts"].map((path) => ({ path, content: "own" }));
  assertEquals(withStarter("x", ["ui"], [...PAGE, ...own]), [...PAGE, ...own]);
  const commented = [{ path: "deno.jsonc", content: "{}" }, { path: "README.md", content: "" }];
  assertEquals(withStarter("x", ["api"], [...API, ...commented]), [...API, ...commented]);
});

Deno.test("the server takes another name where its own is taken", () => {
  const files = withStarter("x", ["ui"], [...PAGE, { path: "Serve.ts", content: "own" }, {
    path: "serve2.ts/a.js",
    content: "own",
  }]);
  assertStringIncludes(files.find(({ path }) => path === "deno.json")?.content ?? "", " serve3.ts");
  assert(paths(files).includes("serve3.ts"));
});

Deno.test("a main.ts that belongs to a page is not started as an API", () => {
  const files = withStarter("x", ["ui"], [...PAGE, { path: "main.ts", content: "document.title = 'x';" }]);
  assert(paths(files).includes("serve.ts"));
});

Deno.test("the name of a project is text in the README", () => {
  const files = withStarter("a\n# b [c](d) `e`", ["ui"], PAGE);
  const readme = files.find(({ path }) => path === "README.md")?.content ?? "";
  assert(readme.startsWith("# a \\# b \\[c\\](d) \\`e\\`\n"), readme);
});

Deno.test("what is added is formatted and passes Deno's checks", async () => {
  await unpacked(["ui"], PAGE.filter(({ path }) => path !== "bad.ts"), async (folder) => {
    for (
      const args of [["check", "serve.ts"], ["lint", "serve.ts"], [
        "fmt",
        "--check",
        "serve.ts",
        "deno.json",
        "README.md",
      ]]
    ) {
      const { success, stderr } = await new Deno.Command(Deno.execPath(), { args, cwd: folder }).output();
      assert(success, `${args}: ${new TextDecoder().decode(stderr)}`);
    }
  });
});

Deno.test("a page that was downloaded runs with one command and stays in its folder", async () => {
  await unpacked(["ui"], PAGE, async (folder) => {
    await Deno.writeTextFile(`${folder}/.secret`, "secret");
    const outside = await Deno.makeTempFile();
    await Deno.symlink(outside, `${folder}/link.txt`);
    await started(folder, { PORT: "0" }, /http:\/\/127\.0\.0\.1:(\d+)\//, async (port) => {
      const get = async (path: string) => {
        const response = await fetch(`http://127.0.0.1:${port}${path}`);
        return {
          status: response.status,
          type: response.headers.get("content-type"),
          text: await response.text(),
        };
      };
      const page = await get("/");
      assertEquals([page.status, page.type, page.text], [200, "text/html; charset=utf-8", PAGE[0]?.content]);
      const script = await get("/app.ts");
      assertEquals([script.status, script.type], [200, "text/javascript; charset=utf-8"]);
      assertMatch(script.text, /const answer\s+= 42;/);
      assertEquals((await get("/a%20b/%C3%BC.css")).text, "b {}");
      assertEquals((await get("/bad.ts")).status, 500);
      const refused = [
        "/nothing.html",
        "/a%20b",
        "/.secret",
        "/%2esecret",
        "/..%2f..%2fetc%2fpasswd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%5c..%5cetc%5cpasswd",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/file:%2f%2f%2fetc%2fpasswd",
        "/a%00.css",
        "/%E0%A4%A",
        "/link.txt",
      ];
      for (const path of refused) assertEquals([path, (await get(path)).status], [path, 404]);
      assertEquals(await rawStatus(port, "GET /../../../etc/passwd HTTP/1.1"), 404);
      assertEquals(await rawStatus(port, "POST / HTTP/1.1"), 405);
      assertEquals(await rawStatus(port, "HEAD / HTTP/1.1"), 200);
    });
    await Deno.remove(outside);
  });
});

Deno.test("a page in public/ is served from there", async () => {
  await unpacked(["ui"], [{ path: "public/index.html", content: "public page" }, {
    path: "notes.md",
    content: "x",
  }], async (folder) => {
    await started(folder, { PORT: "0" }, /http:\/\/127\.0\.0\.1:(\d+)\//, async (port) => {
      assertEquals(await (await fetch(`http://127.0.0.1:${port}/`)).text(), "public page");
      const outside = await fetch(`http://127.0.0.1:${port}/notes.md`);
      assertEquals([outside.status, await outside.text()], [404, "Not found"]);
    });
  });
});

Deno.test("an API that was downloaded runs with one command", async () => {
  await unpacked(["api"], API, async (folder) => {
    // Other programs of this machine may have the port that the task names.
    const config = await Deno.readTextFile(`${folder}/deno.json`);
    await Deno.writeTextFile(`${folder}/deno.json`, config.replace("--port 8000", "--port 0 --cached-only"));
    await started(folder, {}, /http:\/\/[^:\s]+:(\d+)\//, async (port) => {
      assertEquals(await (await fetch(`http://127.0.0.1:${port}/`)).json(), { ok: true });
    });
  });
});

/** A project with its starter, packed, unpacked into a new folder, which is removed afterwards. */
async function unpacked(
  kinds: ProjectKind[],
  project: ProjectFile[],
  use: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const { files } = unzipProject(zipProject(withStarter("x", kinds, project), { modifiedAt: 0 }));
    for (const { path, content } of files) {
      await Deno.mkdir(`${folder}/${path}`.replace(/\/[^/]*$/, ""), { recursive: true });
      await Deno.writeTextFile(`${folder}/${path}`, content);
    }
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Runs `deno task start` until `use` is done; its port is read from what it prints. */
async function started(
  folder: string,
  env: Record<string, string>,
  address: RegExp,
  use: (port: number) => Promise<void>,
): Promise<void> {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["task", "start"],
    cwd: folder,
    env: { ...env, NO_COLOR: "1" },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const printed = [printedPort(process.stdout, address), printedPort(process.stderr, address)];
  try {
    await use(await Promise.any(printed));
  } finally {
    process.kill("SIGTERM");
    await process.status;
    await Promise.allSettled(printed);
  }
}

/** The port in what a stream prints; reads on to the stream's end, so that nothing is left open. */
function printedPort(stream: ReadableStream<Uint8Array>, address: RegExp): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let text = "";
  const reading = async () => {
    for await (
      const chunk of stream.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    ) {
      const port = address.exec(text += chunk)?.[1];
      if (port !== undefined) resolve(Number(port));
    }
    reject(new Error(`No address was printed: ${text}`));
  };
  reading().catch(reject);
  return promise;
}

async function rawStatus(port: number, requestLine: string): Promise<number> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const request = `${requestLine}\r\nhost: 127.0.0.1\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`;
  await connection.write(new TextEncoder().encode(request));
  const buffer = new Uint8Array(1_000);
  const count = await connection.read(buffer) ?? 0;
  return Number(new TextDecoder().decode(buffer.subarray(0, count)).split(" ")[1]);
}
