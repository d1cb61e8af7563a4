import { assertEquals, assertStringIncludes } from "@std/assert";
import { App, createDefine, page, type PageProps } from "./mod.ts";
import { request, requestText } from "./testdata/request.ts";

interface State {
  user: string;
}

const define = createDefine<State>();

/** Fails to compile unless both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : never;

function assertType<_ extends true>(): void {}

Deno.test("a page gets the data of its handlers, typed", async () => {
  const handler = define.handlers({
    GET: (ctx) => page({ name: ctx.state.user }),
    async POST(ctx) {
      if (ctx.url.search === "") return new Response("posted");
      return page({ posted: await ctx.req.text() }, { status: 201, headers: { "x-posted": "1" } });
    },
  });
  const component = define.page<typeof handler>(({ data, state }) => {
    assertType<Same<typeof data, { name: string } | { posted: string }>>();
    assertType<Same<typeof state, State>>();
    return <p>{"name" in data ? data.name : data.posted}</p>;
  });
  const app = new App<State>()
    .use(define.middleware((ctx) => {
      ctx.state.user = "Ada";
      return ctx.next();
    }))
    .route("/", { handler, component });
  assertStringIncludes(await requestText(app, "/"), "<p>Ada</p>");
  assertEquals(await requestText(app, "/", { method: "POST", body: "x" }), "posted");
  const response = await request(app, "/?q", { method: "POST", body: "text" });
  assertEquals([response.status, response.headers.get("x-posted")], [201, "1"]);
  assertStringIncludes(await response.text(), "<p>text</p>");
});

Deno.test("a handler function gives data too, and a page without a handler has none", async () => {
  const handler = define.handlers((ctx) => page([ctx.req.method]));
  const component = define.page<typeof handler>(({ data }) => {
    assertType<Same<typeof data, string[]>>();
    return <p>{data.join()}</p>;
  });
  const plain = define.page((props) => {
    assertType<Same<typeof props, PageProps<undefined, State>>>();
    return <p>{String(props.data)}</p>;
  });
  const app = new App<State>().route("/a", { handler, component }).route("/b", { component: plain });
  assertStringIncludes(await requestText(app, "/a", { method: "PUT" }), "<p>PUT</p>");
  assertStringIncludes(await requestText(app, "/b"), "<p>undefined</p>");
});

Deno.test("a layout is typed by the state, and several middlewares may be defined at once", async () => {
  const middlewares = define.middleware([
    (ctx) => {
      ctx.state.user = "Grace";
      return ctx.next();
    },
    (ctx) => ctx.next(),
  ]);
  const layout = define.layout(({ Component, state }) => (
    <main title={state.user}>
      <Component />
    </main>
  ));
  const app = new App<State>().use(...middlewares).layout("*", layout).get(
    "/",
    (ctx) => ctx.render(<p>x</p>),
  );
  assertStringIncludes(await requestText(app, "/"), '<main title="Grace"><p>x</p></main>');
});
