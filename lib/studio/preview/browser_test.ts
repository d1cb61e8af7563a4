import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import * as esbuild from "esbuild";
import { type Browser, chromium, type Frame, type Page } from "playwright-core";
import { CHROMIUM_ARGUMENTS, findChromium, isBrowserRequired } from "../../../tests/browser/chromium.ts";
import { previewAddress, servePreview, splitPreviewPath } from "./preview.ts";

const executablePath = findChromium();
const NAME = "nonce.of-the-preview";

/** What the bridge of the shown preview told the page around it. */
type Told = Record<string, unknown> & { type: string };

/** A page of ours that shows a preview from another host name, both of one server. */
interface Stage {
  page: Page;
  frame: Frame;
  /** Requests of anything but the preview, its bridge and the page itself. */
  strayRequests: string[];
  told(type: string): Promise<Told>;
}

const steps: { name: string; files: Record<string, string>; check: (stage: Stage) => Promise<void> }[] = [];

/** Adds a check of a preview of some files. */
function previewTest(
  name: string,
  files: Record<string, string>,
  check: (stage: Stage) => Promise<void>,
): void {
  steps.push({ name, files, check });
}

Deno.test({
  name: "previews in a browser",
  ignore: executablePath === undefined && !isBrowserRequired(),
  async fn(t) {
    const bridge = await bundledBridge();
    const browser = await chromium.launch({ executablePath: executablePath ?? "", args: CHROMIUM_ARGUMENTS });
    try {
      for (const { name, files, check } of steps) {
        await t.step(name, () => onStage(browser, bridge, files, check));
      }
    } finally {
      await browser.close();
    }
  },
});

async function bundledBridge(): Promise<string> {
  const { outputFiles } = await esbuild.build({
    entryPoints: ["lib/client/studio/preview/bridge/preview_bridge.ts"],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
  });
  await esbuild.stop();
  return outputFiles[0]?.text ?? "";
}

async function onStage(
  browser: Browser,
  bridge: string,
  files: Record<string, string>,
  check: (stage: Stage) => Promise<void>,
): Promise<void> {
  const strayRequests: string[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, (request) => {
    const { pathname, port, search } = new URL(request.url);
    const preview = splitPreviewPath(pathname);
    if (preview && preview.token !== NAME) strayRequests.push(pathname);
    if (preview) {
      return servePreview({
        ...preview,
        read: (path) => Promise.resolve(files[path] ?? null),
        kinds: ["ui"],
        method: request.method,
        ask: async () =>
          preview.path + search === "api/todos?a=1"
            ? Response.json({ method: request.method, body: await request.text() })
            : null,
        origin: `http://localhost:${port}`,
        embedders: [`http://127.0.0.1:${port}`],
        bridge: "/gen/preview_bridge.js",
      });
    }
    if (pathname === "/gen/preview_bridge.js") {
      return new Response(bridge, { headers: { "content-type": "text/javascript" } });
    }
    if (pathname === "/") return outerPage(previewAddress(`http://localhost:${port}`, NAME));
    if (pathname === "/favicon.ico") return new Response(null, { status: 204 });
    strayRequests.push(pathname);
    return Response.json({ secret: true }, { headers: { "access-control-allow-origin": "*" } });
  });
  const context = await browser.newContext({ viewport: { width: 800, height: 600 } });
  try {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${server.addr.port}/`);
    const told = (type: string) => firstTold(page, type);
    await told("ready");
    const frame = page.frames()[1];
    assert(frame, "the preview is not shown");
    await check({ page, frame, strayRequests, told });
  } finally {
    await context.close();
    await server.shutdown();
  }
}

/** Has what a preview must not reach: a cookie, a stored secret, a title. */
function outerPage(address: string): Response {
  const html = `<!doctype html><title>Outer</title><iframe src="${address}" style="width:600px;height:400px"
    sandbox="allow-scripts allow-forms allow-downloads"></iframe><script>
    localStorage.setItem("secret", "1");
    globalThis.told = [];
    addEventListener("message", ({ data, source }) => {
      if (data.freshet === "${NAME}" && source === frames[0]) told.push(data);
    });
  </script>`;
  return new Response(html, {
    headers: {
      "content-type": "text/html",
      "set-cookie": "session=secret",
      "content-security-policy": `frame-src ${address}`,
    },
  });
}

async function firstTold(page: Page, type: string): Promise<Told> {
  const found = await page.waitForFunction(
    (type) => (globalThis as unknown as { told: Told[] }).told.find((message) => message.type === type),
    type,
  );
  return await found.jsonValue() as Told;
}

/** What an attempt within a preview came to: the name of what it threw, or what it gave. */
const attempt = (frame: Frame, script: string) =>
  frame.evaluate(async (script) => {
    try {
      return String(await (0, eval)(script));
    } catch (error) {
      return error instanceof Error ? error.name : `${error}`;
    }
  }, script);

/** A worker has a `fetch` that the bridge has not seen. */
const fetchInWorker = (target: string) =>
  `new Promise((done) => {
    const source = "fetch('${target}').then(({ status }) => postMessage(status), ({ name }) => postMessage(name))";
    new Worker(URL.createObjectURL(new Blob([source]))).onmessage = ({ data }) => done(data);
  })`;

const EMPTY = { "index.html": "<!doctype html><title>Empty</title><h1>Hello</h1>" };

previewTest("reaches nothing of the page around it", EMPTY, async ({ page, frame }) => {
  assertEquals(await attempt(frame, "origin"), "null");
  for (
    const script of [
      "parent.document.title",
      "parent.localStorage.length",
      "parent.location.href",
      "top.document.cookie",
      "frameElement.ownerDocument.title",
      "document.cookie",
      "indexedDB.open('x')",
      "caches.keys()",
      "navigator.serviceWorker.register('sw.js')",
    ]
  ) {
    assertMatch(await attempt(frame, script), /^(SecurityError|TypeError)$/, script);
  }
  assertEquals(await page.evaluate(() => document.cookie), "session=secret");
});

previewTest("has a storage that nobody else sees", EMPTY, async ({ page, frame }) => {
  const script = "localStorage.setItem('a', 1); localStorage.b = 2; " +
    "JSON.stringify([localStorage.getItem('secret'), localStorage.a, localStorage.length, Object.keys(localStorage)])";
  assertEquals(await attempt(frame, script), '[null,"1",2,["a","b"]]');
  assertEquals(await page.evaluate(() => Object.keys(localStorage)), ["secret"]);
});

previewTest("asks neither the API nor anybody else", EMPTY, async ({ page, frame, strayRequests, told }) => {
  const port = new URL(page.url()).port;
  for (
    const target of [
      `http://127.0.0.1:${port}/api/x`,
      `http://localhost:${port}/api/x`,
      `http://localhost:${port}/preview/another.token/a`,
    ]
  ) {
    assertEquals(await attempt(frame, fetchInWorker(target)), "TypeError", target);
    await attempt(
      frame,
      `new Promise((done) => Object.assign(new Image(), { src: "${target}", onerror: done }))`,
    );
    await attempt(frame, `navigator.sendBeacon(${JSON.stringify(target)}, "x")`);
    await attempt(
      frame,
      `new Promise((done) => document.head.append(Object.assign(document.createElement("script"),
      { src: "${target}", onerror: done })))`,
    );
    await attempt(
      frame,
      `new Promise((done) => Object.assign(new EventSource("${target}"), { onerror: done }))`,
    );
  }
  assertEquals(await attempt(frame, `fetch("http://127.0.0.1:${port}/api/x")`), "TypeError");
  await attempt(frame, `new Promise((done) => new WebSocket("ws://127.0.0.1:${port}/ws").onerror = done)`);
  assertEquals(strayRequests, []);
  const { text } = await told("error");
  assertStringIncludes(String(text), "The preview does not allow ");
});

previewTest("cannot lead the window or itself elsewhere", EMPTY, async ({ page, frame, strayRequests }) => {
  const address = page.url();
  await attempt(frame, "top.location.href = '/stolen'");
  await attempt(frame, "parent.location.replace('/stolen')");
  assertEquals(await attempt(frame, "open('/stolen')"), "null");
  await attempt(frame, "document.body.innerHTML = '<a id=a href=/stolen target=_top>a</a>'; a.click()");
  await attempt(frame, "document.body.innerHTML = '<iframe src=/stolen></iframe>'");
  await page.waitForTimeout(200);
  assertEquals(page.url(), address);
  assertEquals(page.context().pages().length, 1);
  assertEquals(strayRequests, []);
});

for (
  const script of [
    "location.href = '/stolen'",
    "document.body.innerHTML = '<form id=f action=/stolen><input name=a value=b></form>'; f.submit()",
    "document.body.innerHTML = '<form id=f action=/stolen method=post></form>'; f.submit()",
  ]
) {
  previewTest(`leaves its frame to nobody by ${script}`, EMPTY, async ({ page, frame, strayRequests }) => {
    const address = page.url();
    // The browser may put a page of its own in the place of the preview.
    await attempt(frame, script).catch(() => {});
    await page.waitForTimeout(200);
    assertEquals(page.url(), address);
    assertEquals(strayRequests, []);
  });
}

previewTest(
  "runs modules of TypeScript, with styles and data of its own",
  {
    "index.html":
      `<!doctype html><link rel="stylesheet" href="/a.css"><body><script type="module" src="./app.ts"></script>`,
    "a.css": "body { color: rgb(1, 2, 3) }",
    "app.ts":
      `import { name } from "./lib/name.ts";\nconst data: { n: number } = await (await fetch("./data.json")).json();\n` +
      `document.body.textContent = name + data.n;`,
    "lib/name.ts": `export const name: string = "n";`,
    "data.json": `{ "n": 7 }`,
  },
  async ({ frame }) => {
    await frame.waitForFunction(() => document.body.textContent === "n7");
    assertEquals(await attempt(frame, "getComputedStyle(document.body).color"), "rgb(1, 2, 3)");
  },
);

previewTest("asks its own API as if it were at the root", EMPTY, async ({ page, frame }) => {
  const { port } = new URL(page.url());
  const post = '{ method: "PUT", headers: { "content-type": "application/json" }, body: "[1]" }';
  for (const address of ["/api/todos?a=1", `http://localhost:${port}/api/todos?a=1`]) {
    const script = `fetch("${address}", ${post}).then((answer) => answer.text())`;
    assertEquals(await attempt(frame, script), '{"method":"PUT","body":"[1]"}');
  }
  const request = `fetch(new Request("/api/todos?a=1", ${post})).then((answer) => answer.text())`;
  assertEquals(await attempt(frame, request), '{"method":"PUT","body":"[1]"}');
  const old =
    `new Promise((done) => { const request = new XMLHttpRequest(); request.open("GET", "/api/todos?a=1");
    request.onload = () => done(request.responseText); request.send(); })`;
  assertEquals(await attempt(frame, old), '{"method":"GET","body":""}');
  assertEquals(await attempt(frame, 'fetch("/api/none").then(({ status }) => status)'), "404");
});

previewTest(
  "tells what it writes on its console",
  {
    "index.html": `<!doctype html><title>Talk</title><script>
      const a = { name: "x", list: [1, { deep: { deeper: {} } }] }; a.self = a;
      console.warn("so", a, new Map([["k", new Set([1n])]]), null, () => 1);
      alert("Hi"); document.title = confirm("Sure?") ? "yes" : "no";
      for (let i = 0; i < 1000; i++) console.log("x".repeat(9999));
    </script>`,
  },
  async ({ told, page }) => {
    const { text, level } = await told("console");
    assertEquals(level, "warn");
    assertEquals(
      text,
      'so {name: "x", list: [1, {deep: Object {…}}], self: [circular]} Map(1) {"k" => Set(1) {1n}} null ƒ anonymous()',
    );
    assertEquals((await told("ready")).title, "yes");
    assertEquals((await told("dropped")).count, 1003 - 60);
    const longest = await page.evaluate(() =>
      Math.max(
        ...(globalThis as unknown as { told: Told[] }).told.map((message) =>
          String(message.text ?? "").length
        ),
      )
    );
    assertEquals(longest, 4001);
  },
);

previewTest(
  "tells of an exception with its place, below the line that the bridge stands on",
  { "index.html": `<!doctype html>\n<script>\n  nothing.there();\n</script>` },
  async ({ told }) => {
    const { text, position, stack } = await told("error");
    assertEquals(text, "Uncaught ReferenceError: nothing is not defined");
    assertEquals(position, { path: "index.html", line: 3, column: 3 });
    assertStringIncludes(String(stack), "ReferenceError");
  },
);

previewTest(
  "tells of a rejection",
  { "index.html": `<!doctype html><script>Promise.reject(new Error("late"))</script>` },
  async ({ told }) => assertEquals((await told("error")).text, "Unhandled rejection: Error: late"),
);

previewTest(
  "tells of TypeScript that cannot be read, though another file imports from it",
  {
    "index.html": `<!doctype html><script type="module">import { a } from "./a.ts"; console.log(a);</script>`,
    "a.ts": "export const a: number = ;",
  },
  async ({ told }) => {
    assertEquals(
      (await told("error")).text,
      "Uncaught SyntaxError: Cannot read a.ts as TypeScript: Syntax error",
    );
  },
);

previewTest(
  "tells of a file that is missing",
  { "index.html": `<!doctype html><script type="module" src="./gone.ts"></script>` },
  async ({ told }) =>
    assertEquals((await told("error")).text, "Cannot load ./gone.ts, or something that it imports"),
);

previewTest(
  "says what a person points at, and the page does not notice",
  {
    "index.html":
      `<!doctype html><main><button>One</button><button class="add" onclick="document.title='clicked'">` +
      `Add <b>it</b></button></main>`,
  },
  async ({ page, frame, told }) => {
    await page.evaluate((freshet) => frames[0]?.postMessage({ type: "pick", on: true, freshet }, "*"), NAME);
    await frame.locator("freshet-outline").waitFor({ state: "attached" });
    await frame.locator("b").click();
    const { element } = await told("picked") as unknown as { element: Record<string, string> };
    assertEquals(element, { selector: "b", tag: "b", text: "it", html: "<b>it</b>" });
    assertEquals(await frame.locator("freshet-outline").count(), 0);
    assertEquals(await frame.title(), "");
    await frame.locator(".add").click();
    assertEquals(await frame.title(), "clicked");
  },
);

previewTest(
  "is pointed at by keys too, and only by the page around it",
  { "index.html": `<!doctype html><main><h1>A</h1><p>B</p></main>` },
  async ({ page, frame, told }) => {
    await frame.evaluate((freshet) => postMessage({ type: "pick", on: true, freshet }, "*"), NAME);
    await page.evaluate(() => frames[0]?.postMessage({ type: "pick", on: true, freshet: "wrong" }, "*"));
    await page.waitForTimeout(100);
    assertEquals(await frame.locator("freshet-outline").count(), 0);
    await page.evaluate((freshet) => frames[0]?.postMessage({ type: "pick", on: true, freshet }, "*"), NAME);
    await frame.locator("freshet-outline").waitFor({ state: "attached" });
    await page.locator("iframe").focus();
    for (const key of ["ArrowDown", "ArrowRight", "Enter"]) await page.keyboard.press(key);
    const { element } = await told("picked") as unknown as { element: Record<string, string> };
    assertEquals([element.tag, element.text], ["p", "B"]);
  },
);

previewTest(
  "gives a picture of itself",
  {
    "index.html":
      `<!doctype html><style>body { background: #123456 }</style><canvas></canvas><h1>Picture</h1>`,
  },
  async ({ page, told }) => {
    await page.evaluate((freshet) => frames[0]?.postMessage({ type: "capture", freshet }, "*"), NAME);
    const { image } = await told("captured");
    assertMatch(String(image), /^data:image\/png;base64,/);
    const pixel = await page.evaluate(async (source) => {
      const image = Object.assign(new Image(), { src: source });
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext("2d");
      context?.drawImage(image, 0, 0);
      return [image.width, image.height, ...(context?.getImageData(5, 5, 1, 1).data ?? [])];
    }, String(image));
    assertEquals(pixel, [600, 400, 0x12, 0x34, 0x56, 255]);
  },
);

previewTest("is as confined in a tab of its own", EMPTY, async ({ page, frame, strayRequests }) => {
  const tab = await page.context().newPage();
  await tab.goto(frame.url());
  assertEquals(await tab.textContent("h1"), "Hello");
  assertEquals(await attempt(tab.mainFrame(), "origin"), "null");
  assertEquals(await attempt(tab.mainFrame(), "document.cookie"), "SecurityError");
  const port = new URL(page.url()).port;
  assertEquals(
    await attempt(tab.mainFrame(), fetchInWorker(`http://localhost:${port}/api/projects`)),
    "TypeError",
  );
  assertEquals(strayRequests, []);
});
