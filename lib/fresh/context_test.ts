import { assert, assertEquals, assertFalse } from "@std/assert";
import { App, type Context } from "./mod.ts";
import { request, requestText } from "./testdata/request.ts";

function answer(handler: (ctx: Context<unknown>) => Response): Promise<Response> {
  return request(new App().get("/", handler), "/");
}

Deno.test("redirects have a status, and never lead to another host by accident", async () => {
  const redirect = async (to: string, status?: number) => {
    const response = await answer((ctx) => ctx.redirect(to, status));
    return [response.status, response.headers.get("location")];
  };
  assertEquals(await redirect("/a?b#c"), [302, "/a?b#c"]);
  assertEquals(await redirect("/a", 307), [307, "/a"]);
  assertEquals(await redirect("//evil.example/a"), [302, "/evil.example/a"]);
  assertEquals(await redirect("/\\evil.example"), [302, "/evil.example"]);
  assertEquals(await redirect("https://example.com/"), [302, "https://example.com/"]);
  assertEquals(await redirect("/ü\r\nx: y"), [302, "/%C3%BC%0D%0Ax:%20y"]);
});

Deno.test("text, html and json have their content types, which init may change", async () => {
  const contentType = async (handler: (ctx: Context<unknown>) => Response) => {
    const response = await answer(handler);
    return [response.status, response.headers.get("content-type"), await response.text()];
  };
  assertEquals(await contentType((ctx) => ctx.text("a")), [200, "text/plain;charset=UTF-8", "a"]);
  assertEquals(await contentType((ctx) => ctx.html("<p>")), [200, "text/html; charset=utf-8", "<p>"]);
  assertEquals(await contentType((ctx) => ctx.json({ a: 1 }, { status: 201 })), [
    201,
    "application/json",
    '{"a":1}',
  ]);
  const headers = { "content-type": "application/xhtml+xml" };
  assertEquals(await contentType((ctx) => ctx.html("<p/>", { headers })), [
    200,
    "application/xhtml+xml",
    "<p/>",
  ]);
});

Deno.test("a stream takes iterables and functions of texts and bytes, and has no content type of its own", async () => {
  const bytes = new TextEncoder().encode("ü");
  async function* generate() {
    yield "a";
    yield await Promise.resolve(bytes);
  }
  for (const source of [["a", bytes], generate(), generate, () => ["a", "ü"]]) {
    const response = await answer((ctx) => ctx.stream(source));
    assertEquals(response.headers.get("content-type"), null);
    assertEquals(await response.text(), "aü");
  }
});

Deno.test("a stream that the client leaves ends its generator", async () => {
  let isOver = false;
  const response = await answer((ctx) =>
    ctx.stream(async function* () {
      try {
        while (true) yield await Promise.resolve("chunk");
      } finally {
        isOver = true;
      }
    })
  );
  const reader = response.body?.getReader();
  await reader?.read();
  assertFalse(isOver);
  await reader?.cancel();
  assert(isOver);
});

Deno.test("a request that is no upgrade is refused with 400", async () => {
  const app = new App().get("/", (ctx) => ctx.upgrade().response).ws("/ws", {});
  assertEquals((await request(app, "/")).status, 400);
  assertEquals(await requestText(app, "/ws"), "Expected a WebSocket upgrade request");
});

Deno.test("a WebSocket runs its handlers", async () => {
  const events: string[] = [];
  const closed = Promise.withResolvers<void>();
  const app = new App()
    .ws("/handlers", {
      open: (socket) => socket.send("open"),
      message: (socket, { data }) => socket.send(`echo ${data}`),
      close: (_socket, code, reason) => {
        events.push(`closed ${code} ${reason}`);
        closed.resolve();
      },
    }, { idleTimeout: 0 })
    .get("/socket", (ctx) => {
      const { socket, response } = ctx.upgrade({ idleTimeout: 0 });
      socket.onopen = () => socket.close(1000, "bye");
      return response;
    });
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, app.handler());
  const socket = new WebSocket(`ws://127.0.0.1:${server.addr.port}/handlers`);
  const gone = Promise.withResolvers<void>();
  socket.onclose = () => gone.resolve();
  socket.onmessage = ({ data }) => {
    events.push(data);
    if (data === "open") socket.send("hi");
    else socket.close(4000, "done");
  };
  await Promise.all([closed.promise, gone.promise]);
  assertEquals(events, ["open", "echo hi", "closed 4000 done"]);
  const plain = new WebSocket(`ws://127.0.0.1:${server.addr.port}/socket`);
  assertEquals(await new Promise((resolve) => plain.onclose = ({ reason }) => resolve(reason)), "bye");
  await server.shutdown();
});
