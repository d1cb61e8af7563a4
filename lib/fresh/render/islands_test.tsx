import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { type Signal, signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { App, type Context } from "../mod.ts";
import { Partial } from "../runtime/mod.ts";
import { attachSnapshot } from "../snapshot.ts";
import { reportedErrors, request, requestText } from "../testdata/request.ts";
import { createSnapshot } from "../testdata/snapshot.ts";

function Box(props: { data?: unknown; children?: ComponentChildren; hidden?: boolean }) {
  return <div class="box">{props.hidden ? null : props.children}</div>;
}

function Count(props: { count: Signal<number> }) {
  return <b>{props.count}</b>;
}

/** Uses another island as a plain component. */
function Outer() {
  return (
    <Box>
      <i>inner</i>
    </Box>
  );
}

type Page = (ctx: Context<unknown>) => Promise<Response>;

function appOf(page: Page): App {
  const app = new App().get("/", page);
  attachSnapshot(app, createSnapshot({ islands: { Box, Count, Outer } }));
  return app;
}

/** Markup without the marks that islands are found by. */
function withoutComments(html: string): string {
  return html.replace(/<!--.*?-->/g, "");
}

/** The boot script of a page. */
function scriptOf(html: string): string {
  const scripts = [...html.matchAll(/<script type="module"[^>]*>(.*?)<\/script>/gs)];
  assertEquals(scripts.length, 1);
  return scripts[0]?.[1] ?? "";
}

/** The island components that a page's script imports. */
function importsOf(script: string): string[] {
  return [...script.matchAll(/import\{(\w+) as \w+\}/g)].map(([, name]) => name ?? "");
}

Deno.test("islands are rendered on the server, with one script that imports each component once", async () => {
  const app = appOf((ctx) =>
    ctx.render(
      <main>
        <Box data={1} />
        <Box data={2}>text</Box>
      </main>,
    )
  );
  const response = await request(app, "/");
  const html = await response.text();
  assertStringIncludes(
    withoutComments(html),
    '<main><div class="box"></div><div class="box">text</div></main>',
  );
  assertEquals(importsOf(scriptOf(html)), ["Box"]);
  assertStringIncludes(
    response.headers.get("link") ?? "",
    '</_fresh/js/build1/islands/test.js>; rel="modulepreload"',
  );
  assertStringIncludes(response.headers.get("link") ?? "", "/chunk.js>");
});

Deno.test("the code for signals is loaded only where there are any", async () => {
  const without = scriptOf(await requestText(appOf((ctx) => ctx.render(<Box data={{ count: 1 }} />)), "/"));
  assertFalse(without.includes("signals.js"));
  const page: Page = (ctx) => ctx.render(<Count count={signal(1)} />);
  const html = await requestText(appOf(page), "/");
  assertStringIncludes(scriptOf(html), "signals.js");
  assertStringIncludes(withoutComments(html), "<b>1</b>");
});

Deno.test("an island inside of another is a plain component", async () => {
  const html = await requestText(appOf((ctx) => ctx.render(<Outer />)), "/");
  assertStringIncludes(withoutComments(html), '<div class="box"><i>inner</i></div>');
  assertEquals(importsOf(scriptOf(html)), ["Outer"]);
});

Deno.test("an island in the children of another is an island again", async () => {
  const page: Page = (ctx) =>
    ctx.render(
      <Box>
        <p>
          <Outer />
        </p>
      </Box>,
    );
  const html = await requestText(appOf(page), "/");
  assertStringIncludes(
    withoutComments(html),
    '<div class="box"><p><div class="box"><i>inner</i></div></p></div>',
  );
  assertEquals(importsOf(scriptOf(html)).toSorted(), ["Box", "Outer"]);
});

Deno.test("children that an island does not show wait in a template, once", async () => {
  const page: Page = (ctx) =>
    ctx.render(
      <Box hidden>
        <p>
          later{" "}
          <Box hidden>
            <i>even later</i>
          </Box>
        </p>
      </Box>,
    );
  const html = withoutComments(await requestText(appOf(page), "/"));
  assertStringIncludes(html, '<body><div class="box"></div><template');
  assertEquals(html.match(/<template/g)?.length, 2);
  assertEquals(html.match(/even later/g)?.length, 1);
});

Deno.test("markup anywhere in the props crosses", async () => {
  const page: Page = (ctx) => ctx.render(<Box data={{ tabs: [{ title: "a", body: <p>tab</p> }] }} />);
  const html = withoutComments(await requestText(appOf(page), "/"));
  assertStringIncludes(html, "<p>tab</p></template>");
});

Deno.test("props cannot end the script", async () => {
  const page: Page = (ctx) => ctx.render(<Box data="</script><script>alert(1)</script><!--" />);
  const html = await requestText(appOf(page), "/");
  assertFalse(html.includes("<script>alert"));
  assertEquals(html.match(/<\/script>/g)?.length, 1);
});

Deno.test("an object that several islands hold is sent once", async () => {
  const data = { text: "only once in the page" };
  const page: Page = (ctx) =>
    ctx.render(
      <p>
        <Box data={data} />
        <Box data={[data]} />
      </p>,
    );
  assertEquals((await requestText(appOf(page), "/")).match(/only once in the page/g)?.length, 1);
});

Deno.test("a function prop fails the page, and says which", async () => {
  const reported = await reportedErrors(async () => {
    const response = await request(appOf((ctx) => ctx.render(<Box data={{ onClick: () => {} }} />)), "/");
    assertEquals(response.status, 500);
    await response.body?.cancel();
  });
  assertStringIncludes(String(reported[0]), "Cannot pass Box.data.onClick to an island: a function");
});

Deno.test("constant markup is rendered the same for every request", async () => {
  const constant = (
    <Box>
      <p>constant</p>
    </Box>
  );
  const app = appOf((ctx) => ctx.render(<main>{constant}{constant}</main>));
  const [first, second] = [await requestText(app, "/"), await requestText(app, "/")];
  const normal = (html: string) => html.replace(/nonce="\w+"/g, "");
  assertEquals(normal(first), normal(second));
});

Deno.test("a render that fails leaves nothing behind", async () => {
  const constant = (
    <Box>
      <p>constant</p>
    </Box>
  );
  let fails = true;
  function Fails() {
    if (fails) throw new Error("fails");
    return null;
  }
  const app = appOf((ctx) =>
    ctx.render(
      <main>
        {constant}
        <Fails />
      </main>,
    )
  );
  await reportedErrors(async () => assertEquals((await request(app, "/")).status, 500));
  fails = false;
  assertEquals(importsOf(scriptOf(await requestText(app, "/"))), ["Box"]);
});

Deno.test("a page with a partial or client navigation has the script for it, and islands in it", async () => {
  const partial = await requestText(
    appOf((ctx) =>
      ctx.render(
        <Partial name="a">
          <Box />
        </Partial>,
      )
    ),
    "/",
  );
  assertStringIncludes(scriptOf(partial), "navigation.js");
  assertEquals(importsOf(scriptOf(partial)), ["Box"]);
  const navigation = await requestText(
    appOf((ctx) => ctx.render(<div title="a > b" f-client-nav>x</div>)),
    "/",
  );
  assertStringIncludes(scriptOf(navigation), "navigation.js");
  const off = await requestText(appOf((ctx) => ctx.render(<div f-client-nav={false}>x</div>)), "/");
  assertFalse(off.includes("<script"));
  assertStringIncludes(off, 'f-client-nav="false"');
});

Deno.test("a partial request is answered with data instead of a script that runs", async () => {
  const page: Page = (ctx) =>
    ctx.render(
      <Partial name="a">
        {String(ctx.isPartial)}
        <Box data="x" />
      </Partial>,
    );
  const response = await request(appOf(page), "/?fresh-partial=true");
  const html = await response.text();
  assertStringIncludes(html, "true");
  assertFalse(html.includes('type="module"'));
  assertStringIncludes(html, '<script type="application/json"');
  assertStringIncludes(html, '["/_fresh/js/build1/islands/test.js","Box"]');
});

Deno.test("partials have unique names and are not inside islands", async () => {
  const pages: Page[] = [
    (ctx) =>
      ctx.render(
        <p>
          <Partial name="a">1</Partial>
          <Partial name="a">2</Partial>
        </p>,
      ),
    (ctx) =>
      ctx.render(
        <Box>
          <Partial name="a">1</Partial>
        </Box>,
      ),
  ];
  const reported = await reportedErrors(async () => {
    for (const page of pages) assertEquals((await request(appOf(page), "/")).status, 500);
  });
  assert(reported.every((error) => String(error).includes('Cannot render partial "a"')));
  assertEquals(reported.length, 2);
});

Deno.test("below a base path the addresses of bundles have it too", async () => {
  const app = new App({ basePath: "/base" }).get("/", (ctx) => ctx.render(<Box />));
  attachSnapshot(app, createSnapshot({ islands: { Box } }));
  assertStringIncludes(scriptOf(await requestText(app, "/base")), '"/base/_fresh/js/build1/islands.js"');
});
