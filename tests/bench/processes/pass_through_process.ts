/** The least that a proxy can do: a Hono route that returns the body of its `fetch`. Its argument is the upstream's address. */
import { Hono } from "hono";

if (import.meta.main) {
  const [upstream = ""] = Deno.args;
  const app = new Hono();
  app.post("/v1/chat/completions", async (c) => {
    const { body, status, headers } = await fetch(`${upstream}/v1/chat/completions`, {
      method: "POST",
      body: c.req.raw.body,
      headers: { "content-type": "application/json" },
    });
    return new Response(body, {
      status,
      headers: { "content-type": headers.get("content-type") ?? "application/json" },
    });
  });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.fetch);
  Deno.stdout.writeSync(new TextEncoder().encode(`http://127.0.0.1:${server.addr.port}\n`));
}
