import {
  assert,
  assertEquals,
  assertFalse,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { App, staticFiles } from "../mod.ts";
import { snapshotOf } from "../snapshot.ts";
import { Builder } from "./mod.ts";

const TESTDATA = join(import.meta.dirname ?? "", "../testdata");
const ROOT = join(TESTDATA, "app");

type Handler = (req: Request) => Promise<Response>;

async function memoryHandler(root = ROOT): Promise<{ handler: Handler; buildId: string }> {
  const attach = await new Builder({ root }).build({ snapshot: "memory" });
  const app = new App().use(staticFiles()).fsRoutes();
  attach(app);
  return { handler: app.handler(), buildId: snapshotOf(app)?.buildId ?? "" };
}

async function get(handler: Handler, path: string, init?: RequestInit) {
  const response = await handler(new Request(`http://localhost${path}`, init));
  return { status: response.status, headers: response.headers, text: await response.text() };
}

/** The addresses of all bundles that a page preloads. */
function preloaded(headers: Headers): string[] {
  return [...(headers.get("link") ?? "").matchAll(/<([^>]+)>/g)].map(([, address]) => address ?? "");
}

/** A directory inside of this project, whose packages are found from there; removed afterwards. */
async function withDirectory(run: (directory: string) => Promise<void>): Promise<void> {
  const parent = join(TESTDATA, "_fresh");
  await Deno.mkdir(parent, { recursive: true });
  const directory = await Deno.makeTempDir({ dir: parent });
  try {
    await run(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

/** A project of its own, with the import map of the test's app. */
async function withProject(
  files: Record<string, string>,
  run: (root: string) => Promise<void>,
): Promise<void> {
  await withDirectory(async (root) => {
    await Deno.copyFile(join(ROOT, "deno.json"), join(root, "deno.json"));
    for (const [path, text] of Object.entries(files)) {
      await Deno.mkdir(join(root, path, ".."), { recursive: true });
      await Deno.writeTextFile(join(root, path), text);
    }
    await run(root);
  });
}

Deno.test("a build in memory serves pages, bundles and static files, and writes nothing", async () => {
  const { handler, buildId } = await memoryHandler();
  const page = await get(handler, "/");
  assertStringIncludes(page.text, "<title>Home</title>");
  assertStringIncludes(page.text, `/_fresh/js/${buildId}/`);
  for (const address of preloaded(page.headers)) {
    const bundle = await get(handler, address);
    assertEquals([bundle.status, bundle.headers.get("content-type")], [
      200,
      "text/javascript; charset=utf-8",
    ]);
    assert(bundle.text.length > 0);
  }
  assertEquals((await get(handler, "/main.css")).headers.get("content-type"), "text/css; charset=utf-8");
  await assertRejects(() => Deno.stat(join(ROOT, "_fresh")), Deno.errors.NotFound);
});

Deno.test("the same sources give the same build, others another", async () => {
  const files = { "islands/A.tsx": "export const A = () => <p>a</p>;", "static/a.txt": "a" };
  const ids: string[] = [];
  await withProject(files, async (root) => {
    ids.push((await memoryHandler(root)).buildId, (await memoryHandler(root)).buildId);
    await Deno.writeTextFile(join(root, "static/a.txt"), "b");
    ids.push((await memoryHandler(root)).buildId);
    await Deno.writeTextFile(join(root, "islands/A.tsx"), "export const A = () => <p>b</p>;");
    ids.push((await memoryHandler(root)).buildId);
  });
  assertEquals(ids[0], ids[1]);
  assertEquals(new Set(ids).size, 3);
  assertMatch(ids[0] ?? "", /^[0-9a-f]{32}$/);
});

Deno.test("Preact, signals and shared code are in one bundle each, dynamic imports in their own", async () => {
  const { handler } = await memoryHandler();
  const addresses = preloaded((await get(handler, "/")).headers);
  const texts = await Promise.all(addresses.map(async (address) => (await get(handler, address)).text));
  const withText = (text: string) => texts.filter((bundle) => bundle.includes(text)).length;
  assertEquals(withText("preact-signals"), 1);
  assertEquals(withText("__H"), texts.filter((bundle) => bundle.includes("__H")).length);
  assertEquals(withText("hello from a chunk of its own"), 0);
  assert(texts.some((bundle) => /import\(".\.?\/[^"]+"\)/.test(bundle)), "no dynamic import");
});

Deno.test("what the same pages load is one file, and each page loads what it needs only", async () => {
  const island = (name: string, imports: string, use: string) =>
    `${imports} export const ${name} = () => <p>${name}{${use}}</p>;`;
  const page = (...names: string[]) =>
    names.map((name) => `import { ${name} } from "../islands/${name}.tsx";`).join("") +
    `export default () => <div>${names.map((name) => `<${name} />`).join("")}</div>;`;
  const files = {
    "parts/both.ts": `export const both = (text: string) => text + "used by A and B";`,
    "parts/all.ts": `export const all = (text: string) => text + "used by all";`,
    "parts/later.ts": `import { all } from "./all.ts"; export const later = () => all("loaded later");`,
    "islands/A.tsx": island("A", 'import { both } from "../parts/both.ts";', 'both("a")'),
    "islands/B.tsx": island(
      "B",
      'import { both } from "../parts/both.ts"; import { all } from "../parts/all.ts";',
      'both(all("b")), String(import("../parts/later.ts").then(({ later }) => later()))',
    ),
    "islands/C.tsx": island("C", 'import { all } from "../parts/all.ts";', 'all("c")'),
    "routes/first.tsx": page("A", "B"),
    "routes/second.tsx": page("C"),
    "routes/third.tsx": page("C", "D"),
    "islands/D.tsx": "export default function D() { return <p>only D</p>; }\nexport { D };",
  };
  await withProject(files, async (root) => {
    const { handler } = await memoryHandler(root);
    const texts = async (path: string) => {
      const addresses = preloaded((await get(handler, path)).headers);
      return await Promise.all(addresses.map(async (address) => (await get(handler, address)).text));
    };
    const first = await texts("/first");
    const withText = (texts: string[], text: string) => texts.filter((file) => file.includes(text)).length;
    assertEquals(first.length, 2);
    assertEquals(withText(first, "used by A and B"), 1);
    assertEquals(withText(first, "only D"), 0);
    assertEquals(withText(first, "loaded later"), 0);
    const third = await texts("/third");
    assertEquals([withText(third, "used by A and B"), withText(third, "only D")], [0, 1]);
    const own = first.find((file) => file.includes("used by A and B")) ?? "";
    const later = own.match(/import\("\.\/([^"]+)"\)/)?.[1] ?? "";
    const directory = preloaded((await get(handler, "/first")).headers)[0]?.replace(/[^/]+$/, "");
    assertStringIncludes((await get(handler, `${directory}${later}`)).text, "loaded later");
  });
});

Deno.test("an island that another one loads later is found under its name", async () => {
  const files = {
    "islands/deep/Later.tsx": "export const Later = () => <p>loaded later</p>;",
    "islands/A.tsx":
      `export const A = () => <p>{String(import("./deep/Later.tsx").then(({ Later }) => Later()))}</p>;`,
    "routes/index.tsx": `import { A } from "../islands/A.tsx"; export default () => <A />;`,
  };
  await withProject(files, async (root) => {
    const { handler } = await memoryHandler(root);
    const addresses = preloaded((await get(handler, "/")).headers);
    const texts = await Promise.all(addresses.map(async (address) => (await get(handler, address)).text));
    const [path = ""] = texts.flatMap((text) => text.match(/import\("([^"]+)"\)/)?.[1] ?? []);
    const named = new URL(path, `http://localhost${addresses[0]}`);
    const facade = (await get(handler, named.pathname)).text;
    const own = new URL(facade.match(/from"([^"]+)"/)?.[1] ?? "", named);
    assertStringIncludes((await get(handler, own.pathname)).text, "loaded later");
  });
});

Deno.test("bundles are small: the framework's part and Preact", async () => {
  const { handler } = await memoryHandler();
  const page = await get(handler, "/");
  let size = 0;
  for (const address of preloaded(page.headers).filter((path) => !path.includes("/islands/"))) {
    const stream = new Blob([(await get(handler, address)).text]).stream().pipeThrough(
      new CompressionStream("gzip"),
    );
    size += (await new Response(stream).bytes()).length;
  }
  assert(size < 13_000, `${size} bytes`);
});

Deno.test("a build on disk is a server module that runs by itself", async () => {
  await withDirectory(async (outDir) => {
    await new Builder({ root: ROOT, outDir }).build();
    const server: { default: { fetch: Handler } } = await import(
      pathToFileURL(join(outDir, "server.js")).href
    );
    const { fetch } = server.default;
    const page = await get(fetch, "/");
    assertStringIncludes(page.text, "<title>Home</title>");
    const addresses = preloaded(page.headers);
    assert(addresses.length > 1);
    for (const address of addresses) {
      const bundle = await get(fetch, address);
      assertEquals(bundle.text, await Deno.readTextFile(join(outDir, "static", address)));
      assertEquals(bundle.headers.get("cache-control"), "public, max-age=31536000, immutable");
    }
    const css = await get(fetch, "/main.css");
    assertEquals(css.text, await Deno.readTextFile(join(ROOT, "static/main.css")));
    const init = { headers: { "if-none-match": css.headers.get("etag") ?? "" } };
    assertEquals((await get(fetch, "/main.css", init)).status, 304);
  });
});

Deno.test("a new build on disk removes the bundles of the old one", async () => {
  await withProject({ "islands/A.tsx": "export const A = () => <p>a</p>;", "main.ts": "" }, async (root) => {
    const builds = () => [...Deno.readDirSync(join(root, "_fresh/static/_fresh/js"))].map(({ name }) => name);
    await new Builder({ root }).build();
    const [first] = builds();
    await Deno.writeTextFile(join(root, "islands/A.tsx"), "export const A = () => <p>b</p>;");
    await new Builder({ root }).build();
    assertEquals(builds().length, 1);
    assertFalse(builds().includes(first ?? ""));
  });
});

Deno.test("tests and ignored files are neither islands nor routes", async () => {
  const files = {
    "islands/A.tsx": "export const A = () => <p>a</p>;",
    "islands/A_test.tsx": "throw new Error('imported');",
    "routes/index.tsx": "export default () => <p>home</p>;",
    "routes/index.test.tsx": "throw new Error('imported');",
    "routes/(_parts)/part.tsx": "throw new Error('imported');",
  };
  await withProject(files, async (root) => {
    const { handler } = await memoryHandler(root);
    assertStringIncludes((await get(handler, "/")).text, "<p>home</p>");
    assertEquals((await get(handler, "/part")).status, 404);
  });
});

Deno.test("a route that names its own pattern is imported with the app, others when they are requested", async () => {
  const files = {
    "routes/a.ts": `export const config = { routeOverride: "/b/:id" };
      export const handler = (ctx) => ctx.text(ctx.params.id);`,
    "routes/lazy.ts":
      "globalThis.lazyRoutes = (globalThis.lazyRoutes ?? 0) + 1; export const handler = (ctx) => ctx.text('lazy');",
  };
  await withProject(files, async (root) => {
    const { handler } = await memoryHandler(root);
    assertEquals((await get(handler, "/b/7")).text, "7");
    assertFalse("lazyRoutes" in globalThis);
    assertEquals((await get(handler, "/lazy")).text, "lazy");
    assert("lazyRoutes" in globalThis);
  });
});

Deno.test("an island that imports the server's part of the framework is an error that says so", async () => {
  const files = { "islands/A.tsx": 'import { App } from "fresh"; export const A = () => <p>{App.name}</p>;' };
  await withProject(files, async (root) => {
    await assertRejects(() => memoryHandler(root), Error, "islands may import fresh/runtime only");
  });
});

Deno.test("builds may run at the same time", async () => {
  const builds = await Promise.all([memoryHandler(), memoryHandler()]);
  assertEquals(builds[0].buildId, builds[1].buildId);
});

Deno.test("listen serves for development, with the script that reloads pages", async () => {
  const stop = new AbortController();
  const port = Promise.withResolvers<number>();
  const listening = new Builder({ root: ROOT }).listen(() => import("../testdata/app/main.ts"), {
    port: 0,
    hostname: "127.0.0.1",
    signal: stop.signal,
    onListen: (address) => port.resolve(address.port),
  });
  const origin = `http://127.0.0.1:${await port.promise}`;
  const page = await fetch(`${origin}/plain`);
  assertStringIncludes(await page.text(), '<script type="module" src="/_frsh/live-reload.js">');
  assertStringIncludes(await (await fetch(`${origin}/_frsh/live-reload.js`)).text(), "EventSource");
  const css = await fetch(`${origin}/main.css`);
  assertStringIncludes(css.headers.get("cache-control") ?? "", "no-store");
  await css.body?.cancel();
  stop.abort();
  await listening;
});
