import { assertEquals, assertThrows } from "@std/assert";
import { App, type Context, type MiddlewareFn } from "./mod.ts";
import { request, requestText } from "./testdata/request.ts";

interface Steps {
  steps?: string[];
}

/** A middleware that notes its name before and after what follows. */
function step(name: string): MiddlewareFn<Steps> {
  return async (ctx) => {
    (ctx.state.steps ??= []).push(name);
    const response = await ctx.next();
    response.headers.append("after", name);
    return response;
  };
}

function showSteps(ctx: Context<Steps>): Response {
  return ctx.text((ctx.state.steps ?? []).join());
}

Deno.test("middlewares run around the handler, the first outermost", async () => {
  const app = new App<Steps>().use(step("a"), step("b")).use(step("c")).get("/", step("d"), showSteps);
  const response = await request(app, "/");
  assertEquals(await response.text(), "a,b,c,d");
  assertEquals(response.headers.get("after"), "d, c, b, a");
});

Deno.test("a middleware does not reach routes that were added before it", async () => {
  const app = new App<Steps>().get("/before", showSteps).use(step("a")).get("/after", showSteps);
  assertEquals(await requestText(app, "/before"), "");
  assertEquals(await requestText(app, "/after"), "a");
});

Deno.test("a middleware of a path covers it and what is below, by whole names", async () => {
  const app = new App<Steps>()
    .use("/api", step("api"))
    .get("/api", showSteps)
    .get("/api/x/:id", showSteps)
    .get("/apix", showSteps);
  assertEquals(await requestText(app, "/api"), "api");
  assertEquals(await requestText(app, "/api/x/1"), "api");
  assertEquals(await requestText(app, "/apix"), "");
});

Deno.test("an address that nothing answers runs the middlewares of the root only", async () => {
  const seen: string[] = [];
  const note = (name: string): MiddlewareFn<Steps> => (ctx) => {
    seen.push(name);
    return ctx.next();
  };
  const app = new App<Steps>().use(note("root")).use("/api", note("api")).get("/api/x", showSteps);
  assertEquals((await request(app, "/api/y")).status, 404);
  assertEquals(seen, ["root"]);
});

Deno.test("middlewares and handlers may be imported on the first request", async () => {
  let imports = 0;
  const app = new App<Steps>()
    .use(() => {
      imports++;
      return Promise.resolve(step("lazy"));
    })
    .get("/", () => Promise.resolve(showSteps));
  const handler = app.handler();
  for (let i = 0; i < 2; i++) {
    assertEquals(await (await handler(new Request("http://localhost/"))).text(), "lazy");
  }
  assertEquals(imports, 1);
});

Deno.test("each request has a state of its own", async () => {
  const app = new App<Steps>().use(step("a")).get("/", showSteps);
  const handler = app.handler();
  await (await handler(new Request("http://localhost/"))).text();
  assertEquals(await (await handler(new Request("http://localhost/"))).text(), "a");
});

Deno.test("a wrong method is answered 405, and OPTIONS 204, both with what is allowed", async () => {
  const app = new App().get("/a", (ctx) => ctx.text("a")).post("/a", (ctx) => ctx.text("posted"));
  const wrong = await request(app, "/a", { method: "DELETE" });
  assertEquals([wrong.status, wrong.headers.get("allow")], [405, "GET, HEAD, POST, OPTIONS"]);
  await wrong.body?.cancel();
  const options = await request(app, "/a", { method: "OPTIONS" });
  assertEquals([options.status, options.headers.get("allow")], [204, "GET, HEAD, POST, OPTIONS"]);
});

Deno.test("the middlewares of a path see OPTIONS and wrong methods", async () => {
  const app = new App<Steps>().use("/api", step("api")).get("/api/x", showSteps);
  const response = await request(app, "/api/x", { method: "OPTIONS" });
  assertEquals(response.headers.get("after"), "api");
});

Deno.test("HEAD is answered by GET, without a body", async () => {
  const app = new App().get("/a", (ctx) => ctx.text("content", { headers: { "x-a": "1" } }));
  const response = await request(app, "/a", { method: "HEAD" });
  assertEquals([response.status, response.headers.get("x-a"), response.body], [200, "1", null]);
});

Deno.test("HEAD ends a stream that GET started", async () => {
  let isOver = false;
  const app = new App().get("/", (ctx) =>
    ctx.stream(async function* () {
      try {
        while (true) yield await Promise.resolve("chunk");
      } finally {
        isOver = true;
      }
    }));
  await request(app, "/", { method: "HEAD" });
  assertEquals(isOver, true);
});

Deno.test("every method has its adder, and all takes the rest", async () => {
  const answer = (name: string) => () => new Response(name);
  const app = new App()
    .get("/", answer("get"))
    .post("/", answer("post"))
    .put("/", answer("put"))
    .patch("/", answer("patch"))
    .delete("/", answer("delete"))
    .head("/", () => new Response(null, { headers: { "x-head": "1" } }))
    .all("/", answer("all"));
  for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
    assertEquals(await requestText(app, "/", { method }), method.toLowerCase());
  }
  assertEquals((await request(app, "/", { method: "HEAD" })).headers.get("x-head"), "1");
  assertEquals(await requestText(app, "/", { method: "OPTIONS" }), "all");
});

Deno.test("the context tells the route, the params and the URL", async () => {
  const app = new App().get(
    "/a/:id",
    (ctx) => ctx.json([ctx.route, ctx.params, ctx.url.search, ctx.config.mode]),
  );
  assertEquals(JSON.parse(await requestText(app, "/a/7?q=1")), ["/a/:id", { id: "7" }, "?q=1", "production"]);
});

Deno.test("the route is null where none matched", async () => {
  const app = new App().use((ctx) => ctx.json([ctx.route, ctx.params]));
  assertEquals(JSON.parse(await requestText(app, "/nothing")), [null, {}]);
});

Deno.test("a base path prefixes every path", async () => {
  const app = new App({ basePath: "/base/" })
    .get("/", (ctx) => ctx.text(`home ${ctx.config.basePath}`))
    .get("/a/:id", (ctx) => ctx.text(ctx.params["id"] ?? ""));
  assertEquals(await requestText(app, "/base"), "home /base");
  assertEquals(await requestText(app, "/base/a/1"), "1");
  assertEquals((await request(app, "/a/1")).status, 404);
});

Deno.test("a mounted app keeps its routes, middlewares and error handlers below its path", async () => {
  const inner = new App<Steps>()
    .use(step("inner"))
    .onError("*", () => new Response("inner error"))
    .get("/", showSteps)
    .get("/x/:id", showSteps)
    .get("/boom", () => {
      throw new Error("boom");
    });
  const app = new App<Steps>().use(step("outer")).mountApp("/mount", inner).get("/other", showSteps);
  assertEquals(await requestText(app, "/mount"), "outer,inner");
  assertEquals(await requestText(app, "/mount/x/1"), "outer,inner");
  assertEquals(await requestText(app, "/mount/boom"), "inner error");
  assertEquals(await requestText(app, "/other"), "outer");
});

Deno.test("a route may be imported, and answers by method or component", async () => {
  const app = new App()
    .route("/lazy", () => Promise.resolve({ component: () => <p>lazy</p> }))
    .route("/own", { handler: { POST: (ctx) => ctx.text("posted") }, component: () => <p>own</p> });
  assertEquals((await requestText(app, "/lazy")).includes("<p>lazy</p>"), true);
  assertEquals((await requestText(app, "/own")).includes("<p>own</p>"), true);
  assertEquals(await requestText(app, "/own", { method: "POST" }), "posted");
  assertEquals((await request(app, "/own", { method: "PUT" })).status, 404);
});

Deno.test("file routes without a build are an error that says so", () => {
  assertThrows(() => new App().fsRoutes().handler(), Error, "no build is attached");
});

Deno.test("behind a trusted proxy the URL is the one that the client asked for", async () => {
  const headers = { "x-forwarded-proto": "https, http", "x-forwarded-host": "example.com" };
  const show = (ctx: Context<unknown>) => ctx.text(ctx.url.href);
  const init = { headers };
  const trusting = new App({ trustProxy: true }).get("/a", show);
  const response = await trusting.handler()(new Request("http://localhost:8000/a", init));
  assertEquals(await response.text(), "https://example.com/a");
  assertEquals(await requestText(new App().get("/a", show), "/a", init), "http://localhost/a");
});
