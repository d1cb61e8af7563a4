import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { App, type Context, HttpError } from "./mod.ts";
import { reportedErrors, request, requestText } from "./testdata/request.ts";

function fail(error: unknown): () => Response {
  return () => {
    throw error;
  };
}

function showError(name: string): (ctx: Context<unknown>) => Response {
  return ({ error }) =>
    new Response(`${name}: ${error instanceof Error ? error.message : error}`, { status: 500 });
}

Deno.test("an HttpError is answered by its status and message", async () => {
  const app = new App().get("/a", fail(new HttpError(418))).get(
    "/b",
    fail(new HttpError(403, "Not for you")),
  );
  const a = await request(app, "/a");
  assertEquals([a.status, await a.text()], [418, "I'm a teapot"]);
  const b = await request(app, "/b");
  assertEquals([b.status, await b.text()], [403, "Not for you"]);
});

Deno.test("any other error is reported, and never shown", async () => {
  for (const error of [new Error("secret"), "secret", { status: 404, message: "secret" }, null]) {
    const reported = await reportedErrors(async () => {
      const response = await request(new App().get("/", fail(error)), "/");
      assertEquals([response.status, await response.text()], [500, "Internal server error"]);
    });
    assertEquals(reported, [error]);
  }
});

Deno.test("the nearest onError answers, for middlewares too", async () => {
  const app = new App()
    .onError("*", showError("root"))
    .onError("/a/b", showError("nested"))
    .use("/a/c", fail(new Error("middleware")))
    .get("/a/b/boom", fail(new Error("x")))
    .get("/a/boom", fail(new Error("y")))
    .get("/a/c/d", () => new Response("never"));
  assertEquals(await requestText(app, "/a/b/boom"), "nested: x");
  assertEquals(await requestText(app, "/a/boom"), "root: y");
  assertEquals(await requestText(app, "/a/c/d"), "root: middleware");
});

Deno.test("an onError that throws leaves it to the one above", async () => {
  const app = new App()
    .onError("*", showError("root"))
    .onError("/a", fail(new Error("while handling")))
    .get("/a/boom", fail(new Error("x")));
  assertEquals(await requestText(app, "/a/boom"), "root: while handling");
});

Deno.test("a middleware sees what is thrown after it", async () => {
  const app = new App()
    .use(async (ctx) => {
      try {
        return await ctx.next();
      } catch (error) {
        return ctx.text(`caught ${(error as Error).message}`);
      }
    })
    .get("/", fail(new Error("x")));
  assertEquals(await requestText(app, "/"), "caught x");
});

Deno.test("notFound answers unknown addresses and thrown 404s, before any onError", async () => {
  const app = new App()
    .onError("*", showError("error"))
    .notFound((ctx) => ctx.text(`none at ${ctx.url.pathname}`, { status: 404 }))
    .get("/thrown", fail(new HttpError(404)))
    .get("/other", fail(new HttpError(400)));
  const unknown = await request(app, "/unknown");
  assertEquals([unknown.status, await unknown.text()], [404, "none at /unknown"]);
  const thrown = await request(app, "/thrown");
  assertEquals([thrown.status, await thrown.text()], [404, "none at /thrown"]);
  assertEquals(await requestText(app, "/other"), "error: Bad Request");
});

Deno.test("without notFound a 404 goes to onError, else it is plain text", async () => {
  const plain = await request(new App(), "/unknown");
  assertEquals([plain.status, await plain.text()], [404, "Not Found"]);
  assertEquals(await requestText(new App().onError("*", showError("error")), "/unknown"), "error: Not Found");
});

Deno.test("an error page keeps the status of an HttpError, else it is 500 and the error is reported", async () => {
  const app = new App()
    .onError("*", {
      component: ({ error }) => <p>sorry: {error instanceof HttpError ? error.status : "?"}</p>,
    })
    .get("/known", fail(new HttpError(403)))
    .post("/unknown", fail(new Error("secret")));
  const known = await request(app, "/known");
  assertEquals(known.status, 403);
  assertStringIncludes(await known.text(), "<p>sorry: 403</p>");
  const reported = await reportedErrors(async () => {
    const unknown = await request(app, "/unknown", { method: "POST" });
    assertEquals(unknown.status, 500);
    const text = await unknown.text();
    assertStringIncludes(text, "<p>sorry: ?</p>");
    assertFalse(text.includes("secret"));
  });
  assertEquals(reported.length, 1);
});

Deno.test("an error page is rendered in the layouts of its own path", async () => {
  const app = new App()
    .layout("*", ({ Component }) => (
      <main>
        <Component />
      </main>
    ))
    .layout("/a", ({ Component }) => (
      <section>
        <Component />
      </section>
    ))
    .onError("*", { component: () => <p>sorry</p> })
    .get("/a/boom", fail(new HttpError(500)));
  const text = await requestText(app, "/a/boom");
  assertStringIncludes(text, "<main><p>sorry</p></main>");
});

Deno.test("a component that throws while it is rendered is an error like any other", async () => {
  const app = new App().onError("*", showError("error")).get("/", (ctx) => {
    function Broken(): null {
      throw new Error("broken");
    }
    return ctx.render(<Broken />);
  });
  assertEquals(await requestText(app, "/"), "error: broken");
});

Deno.test("an HttpError is an Error with a cause", () => {
  const cause = new Error("cause");
  const error = new HttpError(502, "Upstream failed", { cause });
  assert(error instanceof Error);
  assertEquals([error.status, error.message, error.cause], [502, "Upstream failed", cause]);
});
