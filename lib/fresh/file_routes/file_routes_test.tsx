import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { App, type Context, HttpError, type PageProps } from "../mod.ts";
import { attachSnapshot, type RouteFile } from "../snapshot.ts";
import { request, requestText } from "../testdata/request.ts";
import { createSnapshot } from "../testdata/snapshot.ts";

interface State {
  steps: string[];
}

type Modules = Record<string, RouteFile["module"]>;

function appOf(routes: Modules, app: App<State> = new App<State>().fsRoutes()): App<State> {
  attachSnapshot(app, createSnapshot({ routes }));
  return app;
}

function wrapper(name: string) {
  return {
    default: ({ Component }: PageProps) => (
      <div class={name}>
        <Component />
      </div>
    ),
  };
}

function step(name: string) {
  return (ctx: Context<State>) => {
    (ctx.state.steps ??= []).push(name);
    return ctx.next();
  };
}

const showSteps = { handler: (ctx: Context<State>) => ctx.text((ctx.state.steps ?? []).join()) };

Deno.test("pages, handlers and lazy modules answer", async () => {
  let imports = 0;
  const app = appOf({
    "index": { default: () => <h1>home</h1> },
    "api/[id]": { handlers: { GET: (ctx: Context<State>) => ctx.json(ctx.params) } },
    "lazy": () => {
      imports++;
      return Promise.resolve({ default: () => <h1>lazy</h1> });
    },
  });
  assertStringIncludes(await requestText(app, "/"), "<h1>home</h1>");
  assertEquals(await requestText(app, "/api/7"), '{"id":"7"}');
  assertEquals(imports, 0);
  const handler = app.handler();
  for (let i = 0; i < 2; i++) {
    assertStringIncludes(await (await handler(new Request("http://localhost/lazy"))).text(), "<h1>lazy</h1>");
  }
  assertEquals(imports, 1);
});

Deno.test("a method that a file's handlers lack falls to the 404 path", async () => {
  const app = appOf({
    "form": { handler: { POST: () => new Response("posted") }, default: () => <p>form</p> },
    "api": { handler: { POST: () => new Response("posted") } },
  });
  assertStringIncludes(await requestText(app, "/form"), "<p>form</p>");
  assertEquals(await requestText(app, "/form", { method: "POST" }), "posted");
  assertEquals((await request(app, "/form", { method: "PUT" })).status, 404);
  assertEquals((await request(app, "/api")).status, 404);
});

Deno.test("a handler function takes every method", async () => {
  const app = appOf({ "any": { handler: (ctx: Context<State>) => ctx.text(ctx.req.method) } });
  for (const method of ["GET", "POST", "OPTIONS"]) {
    assertEquals(await requestText(app, "/any", { method }), method);
  }
});

Deno.test("middlewares apply to their folder and below, a function or several", async () => {
  const app = appOf({
    "_middleware": { default: step("root") },
    "blog/_middleware": { handler: [step("blog1"), step("blog2")] },
    "index": showSteps,
    "blog": showSteps,
    "blog/[slug]": showSteps,
  });
  assertEquals(await requestText(app, "/"), "root");
  assertEquals(await requestText(app, "/blog/x"), "root,blog1,blog2");
  assertEquals(await requestText(app, "/blog"), "root");
});

Deno.test("layouts wrap the index of their folder, not the page beside it", async () => {
  const modules: Modules = {
    "_layout": wrapper("root"),
    "blog/_layout": wrapper("blog"),
    "blog/index": { default: () => <p>list</p> },
    "news": { default: () => <p>news</p> },
    "news/_layout": wrapper("news"),
  };
  const app = appOf(modules);
  assertStringIncludes(
    await requestText(app, "/blog"),
    '<div class="root"><div class="blog"><p>list</p></div></div>',
  );
  assertStringIncludes(await requestText(app, "/news"), '<div class="root"><p>news</p></div>');
});

Deno.test("groups have layouts of their own and are no part of the address", async () => {
  const app = appOf({
    "(a)/_layout": wrapper("a"),
    "(a)/one": { default: () => <p>1</p> },
    "(b)/_layout": wrapper("b"),
    "(b)/two": { default: () => <p>2</p> },
  });
  assertStringIncludes(await requestText(app, "/one"), '<body><div class="a"><p>1</p></div></body>');
  assertStringIncludes(await requestText(app, "/two"), '<body><div class="b"><p>2</p></div></body>');
});

Deno.test("a page may leave out layouts and the app wrapper", async () => {
  const page = () => <p>page</p>;
  const app = appOf({
    "_app": wrapper("app"),
    "_layout": wrapper("layout"),
    "all": { default: page },
    "bare": { default: page, config: { skipInheritedLayouts: true } },
    "alone": { default: page, config: { skipInheritedLayouts: true, skipAppWrapper: true } },
    "sub/_layout": { ...wrapper("sub"), config: { skipInheritedLayouts: true, skipAppWrapper: true } },
    "sub/index": { default: page },
  });
  assertStringIncludes(
    await requestText(app, "/all"),
    '<body><div class="app"><div class="layout"><p>page</p></div></div>',
  );
  assertStringIncludes(await requestText(app, "/bare"), '<body><div class="app"><p>page</p></div>');
  assertStringIncludes(await requestText(app, "/alone"), "<body><p>page</p></body>");
  assertStringIncludes(await requestText(app, "/sub"), '<body><div class="sub"><p>page</p></div></body>');
});

Deno.test("a route may name its own pattern", async () => {
  const app = appOf({
    "x": { handler: (ctx: Context<State>) => ctx.json(ctx.params), config: { routeOverride: "/y/:a@:b" } },
  });
  assertEquals(await requestText(app, "/y/1@2"), '{"a":"1","b":"2"}');
  assertEquals((await request(app, "/x")).status, 404);
});

Deno.test("the nearest error page answers, for unknown addresses that of the root", async () => {
  const errorPage = (name: string) => ({
    default: ({ error }: PageProps) => <p>{name} {error instanceof HttpError ? error.status : "?"}</p>,
  });
  const fail = {
    handler: () => {
      throw new HttpError(403);
    },
  };
  const app = appOf({
    "_error": errorPage("root"),
    "admin/_error": errorPage("admin"),
    "boom": fail,
    "admin/boom": fail,
  });
  for (
    const [path, status, text] of [["/boom", 403, "root 403"], ["/admin/boom", 403, "admin 403"], [
      "/unknown",
      404,
      "root 404",
    ]] as const
  ) {
    const response = await request(app, path);
    assertEquals(response.status, status);
    assertStringIncludes(await response.text(), `<p>${text}</p>`);
  }
});

Deno.test("file routes may be added below a path", async () => {
  const app = appOf(
    { "index": showSteps, "a": showSteps, "_middleware": { default: step("file") } },
    new App<State>().fsRoutes("/sub/*").get("/", showSteps.handler),
  );
  assertEquals(await requestText(app, "/sub"), "file");
  assertEquals(await requestText(app, "/sub/a"), "file");
  assertEquals(await requestText(app, "/"), "");
});

Deno.test("middlewares of the app reach file routes that follow", async () => {
  const app = new App<State>().use("/api", step("api")).fsRoutes();
  appOf({ "api/x": showSteps, "other": showSteps }, app);
  assertEquals(await requestText(app, "/api/x"), "api");
  assertEquals(await requestText(app, "/other"), "");
});

Deno.test("a file without a handler or component is an error that names it", () => {
  assertThrows(() => appOf({ "empty": {} }).handler(), Error, "routes/empty");
  assertThrows(() => appOf({ "_layout": {} }).handler(), Error, "routes/_layout");
  assertThrows(() => appOf({ "_middleware": { default: "x" } }).handler(), Error, "routes/_middleware");
});
