import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import type { ComponentChildren, VNode } from "preact";
import { App, type PageProps } from "../mod.ts";
import { asset, Head } from "../runtime/mod.ts";
import { attachSnapshot } from "../snapshot.ts";
import { request, requestText } from "../testdata/request.ts";
import { createSnapshot } from "../testdata/snapshot.ts";

function Html(props: { head?: ComponentChildren; children?: ComponentChildren }) {
  return (
    <html lang="en">
      <head>{props.head}</head>
      <body class="b">{props.children}</body>
    </html>
  );
}

/** The document that a page is answered with. */
function render(page: VNode): Promise<string> {
  return requestText(new App().get("/", (ctx) => ctx.render(page)), "/");
}

Deno.test("missing html, head and body are filled in", async () => {
  const head = '<head><meta charset="utf-8"></head>';
  assertEquals(await render(<p>x</p>), `<!DOCTYPE html><html>${head}<body><p>x</p></body></html>`);
  assertEquals(
    await render(<body class="b">x</body>),
    `<!DOCTYPE html><html>${head}<body class="b">x</body></html>`,
  );
  assertEquals(
    await render(
      <html lang="en">
        <p>x</p>
      </html>,
    ),
    `<!DOCTYPE html><html lang="en">${head}<body><p>x</p></body></html>`,
  );
  assertEquals(
    await render(<Html>x</Html>),
    '<!DOCTYPE html><html lang="en"><head></head><body class="b">x</body></html>',
  );
});

Deno.test("a page is HTML, with the status and headers it was given", async () => {
  const app = new App().get("/", (ctx) => ctx.render(<p>x</p>, { status: 418, headers: { "x-a": "1" } }));
  const response = await request(app, "/");
  await response.body?.cancel();
  assertEquals(
    [response.status, response.headers.get("x-a"), response.headers.get("content-type")],
    [418, "1", "text/html; charset=utf-8"],
  );
});

Deno.test("text is escaped", async () => {
  const hostile = `"<script>&`;
  const escaped = "&quot;&lt;script>&amp;";
  assertStringIncludes(
    await render(<p title={hostile}>{hostile}</p>),
    `<p title="${escaped}">${escaped}</p>`,
  );
});

Deno.test("layouts and the app wrapper go around a page, and may be left out", async () => {
  const wrap = (name: string) => ({ Component }: PageProps) => (
    <div id={name}>
      <Component />
    </div>
  );
  const app = new App()
    .appWrapper(wrap("app"))
    .layout("*", wrap("outer"))
    .layout("/a", wrap("inner"))
    .get("/a", (ctx) => ctx.render(<p />))
    .get("/bare", (ctx) => ctx.render(<p />, {}, { skipAppWrapper: true, skipInheritedLayouts: true }));
  assertStringIncludes(
    await requestText(app, "/a"),
    '<body><div id="app"><div id="outer"><div id="inner"><p></p></div></div></div></body>',
  );
  assertStringIncludes(await requestText(app, "/bare"), "<body><p></p></body>");
});

Deno.test("async pages, layouts and wrappers are awaited, and may answer with a response", async () => {
  const app = new App()
    .appWrapper(async ({ Component }) => (
      <main>
        {await Promise.resolve("app")}
        <Component />
      </main>
    ))
    .layout("*", async ({ Component, url }) => {
      if (url.search) return await Promise.resolve(new Response("from the layout"));
      return (
        <section>
          <Component />
        </section>
      );
    })
    .route("/", { component: async () => <p>{await Promise.resolve("page")}</p> });
  assertStringIncludes(await requestText(app, "/"), "<main>app<section><p>page</p></section></main>");
  assertEquals(await requestText(app, "/?x"), "from the layout");
});

Deno.test("of head entries with the same key, or titles, the last one rendered stays", async () => {
  const html = await render(
    <Html
      head={
        <>
          <title>App</title>
          <link key="css" rel="stylesheet" href="/old.css" />
          <meta name="a" content="1" />
        </>
      }
    >
      <Head>
        <title>Page {1}</title>
        <link key="css" rel="stylesheet" href="/new.css" />
        <meta name="a" content="1" />
        <meta name="a" content="2" />
      </Head>
    </Html>,
  );
  const head = /<head>(.*)<\/head>/.exec(html)?.[1];
  assertEquals(
    head,
    '<title>Page 1</title><link rel="stylesheet" href="/new.css" data-key="css"/>' +
      '<meta name="a" content="1"/><meta name="a" content="2"/>',
  );
  assertStringIncludes(html, '<body class="b"></body>');
});

Deno.test("components may render head entries, and entries stay whole", async () => {
  function Meta() {
    return (
      <Head>
        <noscript>
          <link rel="x" href="/x" />
        </noscript>
      </Head>
    );
  }
  const html = await render(
    <Html head={<Meta />}>
      <svg>
        <title>icon</title>
      </svg>
    </Html>,
  );
  assertStringIncludes(html, '<head><noscript><link rel="x" href="/x"/></noscript></head>');
  assertStringIncludes(html, "<svg><title>icon</title></svg>");
});

Deno.test("inline scripts and styles get the nonce of the request, others none", async () => {
  const constant = <style>{"a{}"}</style>;
  const app = new App().get("/", (ctx) =>
    ctx.render(
      <div>
        {constant}
        <script>void 0</script>
        <script src="/x.js"></script>
        <style nonce="own"></style>
      </div>,
    ));
  const nonces = await Promise.all([0, 1].map(async () => {
    const html = await requestText(app, "/");
    assertStringIncludes(html, '<script src="/x.js"></script><style nonce="own"></style>');
    const found = [...html.matchAll(/<(?:style|script) nonce="(\w{32})">/g)].map(([, nonce]) => nonce);
    assertEquals(found.length, 2);
    assertEquals(found[0], found[1]);
    return found[0];
  }));
  assert(nonces[0] !== nonces[1]);
});

Deno.test("addresses of static files get the key of the build", async () => {
  const app = new App().get("/", (ctx) =>
    ctx.render(
      <div>
        <a href={asset("/x.css?a=1#b")}>x</a>
        <img src="/x.png" srcset="/x.png 1x, /y.png 2x" />
        <img src="/x.png" data-fresh-disable-lock />
        <img src="https://example.com/x.png" />
      </div>,
    ));
  attachSnapshot(app, createSnapshot({ buildId: "abc" }));
  const html = await requestText(app, "/");
  assertStringIncludes(html, 'href="/x.css?a=1&__frsh_c=abc#b"'.replace("&", "&amp;"));
  assertStringIncludes(
    html,
    'src="/x.png?__frsh_c=abc" srcset="/x.png?__frsh_c=abc 1x, /y.png?__frsh_c=abc 2x"',
  );
  assertMatch(html, /<img src="\/x\.png" data-fresh-disable-lock/);
  assertStringIncludes(html, 'src="https://example.com/x.png"');
});

Deno.test("a page without islands carries no script and preloads nothing", async () => {
  const app = new App().get("/", (ctx) => ctx.render(<p title="f-client-nav">f-client-nav</p>));
  attachSnapshot(app, createSnapshot());
  const response = await request(app, "/");
  assertFalse((await response.text()).includes("<script"));
  assertEquals(response.headers.get("link"), null);
});
