import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { localPrincipal } from "../../lib/access/mod.ts";
import { type AppConfig, operations } from "../../lib/app/mod.ts";
import type { ErrorBody } from "../../lib/shared/mod.ts";
import {
  TERMINAL_PROTOCOL,
  TERMINAL_TICKET,
  type TerminalAuditEntry,
  type TerminalSession,
  type TerminalState,
} from "../../lib/shared/terminal/mod.ts";
import { FakePtyLibrary } from "../../lib/terminal/testing.ts";
import { cookieFor } from "../cookies.ts";
import { startApp, type TestApp, testConfig } from "../harness.ts";
import { handshake } from "./raw_socket.ts";
import { TerminalClient, ticketFor } from "./terminal_client.ts";

interface Served extends AsyncDisposable {
  app: TestApp;
  library: FakePtyLibrary;
  port: number;
  origin: string;
}

/** An app on a port of its own whose terminals run nothing. */
async function serve(config: Partial<AppConfig> = {}): Promise<Served> {
  const library = new FakePtyLibrary();
  const app = await startApp(config, {
    terminals: {
      support: () => Promise.resolve({ type: "ready", library }),
      shell: () => Promise.resolve({ file: "/bin/none", name: "none", cwd: "/", env: {} }),
      endProcesses: () => Promise.resolve(),
    },
  });
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.handler);
  return {
    app,
    library,
    port: server.addr.port,
    origin: `http://127.0.0.1:${server.addr.port}`,
    async [Symbol.asyncDispose]() {
      await app.services.drain(0);
      await server.shutdown();
      await app.services.close();
    },
  };
}

const turnOn = (app: TestApp) => app.json("PATCH", "/api/terminal/setting", { isOn: true });
const open = (app: TestApp) => {
  return app.json<TerminalSession>("POST", "/api/terminal/sessions", { cols: 80, rows: 24 }, 201);
};
const socketPath = (id: string) => `/api/terminal/sessions/${id}/socket`;
const offer = (ticket: string) => `${TERMINAL_PROTOCOL}, ${TERMINAL_TICKET}${ticket}`;

Deno.test("a socket opens with a ticket from Freshet's own page only, and each ticket once", async () => {
  await using served = await serve();
  const { app, port, origin } = served;
  await turnOn(app);
  const { id } = await open(app);
  const other = await open(app);
  const status = async (headers: Record<string, string>, path = socketPath(id)) => {
    const ticket = await ticketFor(origin, id);
    const all = { origin, "sec-websocket-protocol": offer(ticket), ...headers };
    const { status, body } = await handshake(port, all, path);
    return [status, body.error?.code];
  };
  const forbidden = [403, "forbidden"];
  assertEquals(await status({}), [101, undefined]);
  assertEquals(await status({ origin: "" }), forbidden);
  for (
    const foreign of [
      "https://evil.example",
      "null",
      `http://localhost:${port}`,
      `http://127.0.0.1:${port + 1}`,
    ]
  ) {
    assertEquals(await status({ origin: foreign }), forbidden, foreign);
  }
  assertEquals(await status({ "sec-fetch-site": "cross-site" }), forbidden);
  assertEquals(await status({ "sec-fetch-site": "same-site" }), forbidden);
  assertEquals(await status({ host: "evil.example", origin: "http://evil.example" }), forbidden);
  const unauthorized = [401, "unauthorized"];
  assertEquals(await status({ "sec-websocket-protocol": "" }), unauthorized);
  assertEquals(await status({ "sec-websocket-protocol": TERMINAL_PROTOCOL }), unauthorized);
  assertEquals(await status({ "sec-websocket-protocol": offer("0".repeat(64)) }), unauthorized);
  assertEquals(await status({}, socketPath(other.id)), unauthorized, "of another session");
  assertEquals(await status({}, socketPath("nowhere")), unauthorized);
  assertEquals(await status({ "sec-websocket-key": "" }), [400, "invalid_request"]);
  const used = { "sec-websocket-protocol": offer(await ticketFor(origin, id)) };
  assertEquals([await status(used), await status(used)], [[101, undefined], unauthorized]);
  assertEquals((await app.fetch(socketPath(id), { headers: { origin } })).status, 403);
});

Deno.test("an API key gets nowhere near a terminal, whatever it may do and however it is sent", async () => {
  await using served = await serve();
  const { app, port, origin } = served;
  await turnOn(app);
  const { id } = await open(app);
  const { secret } = await app.services.apiKeys.create(localPrincipal, "all", [
    "chat",
    "models",
    "admin",
    "studio",
  ]);
  for (const headers of [{ authorization: `Bearer ${secret}` }, { "x-api-key": secret }]) {
    for (const { method, path } of Object.values(operations)) {
      if (!path.startsWith("/api/terminal")) continue;
      const body = method === "POST" || method === "PATCH"
        ? JSON.stringify({ isOn: true, cols: 80, rows: 24, title: "x", command: "x" })
        : null;
      const response = await app.fetch(path.replace("{id}", id), {
        method,
        body,
        headers: { ...headers, origin, "content-type": "application/json" },
      });
      const { error } = await response.json() as { error: ErrorBody };
      assertEquals([response.status, error.code], [403, "forbidden"], `${method} ${path}`);
    }
    const protocol = { "sec-websocket-protocol": offer(await ticketFor(origin, id)) };
    assertEquals((await handshake(port, { origin, ...protocol, ...headers }, socketPath(id))).status, 403);
    assertEquals((await app.fetch("/terminal", { headers })).status, 403);
  }
  const audit = await app.json<TerminalAuditEntry[]>("GET", "/api/terminal/audit");
  assert(audit.some(({ type, who }) => type === "refused" && who === "key"));
});

Deno.test("with the token set, who does not show it is a stranger; who does may come from anywhere", async () => {
  await using served = await serve({ token: "secret", allowedHosts: ["freshet.example"] });
  const { app, port } = served;
  const cookie = await cookieFor(app.services);
  const ask = (path: string, init: RequestInit = {}) =>
    app.fetch(`http://freshet.example:13000/api/terminal${path}`, {
      ...init,
      headers: { ...init.headers, "content-type": "application/json" },
    });
  assertEquals((await ask("")).status, 401);
  const on = { method: "PATCH", body: '{"isOn":true}', headers: { cookie } };
  assertEquals((await ask("/setting", on)).status, 200);
  const session = await (await ask("/sessions", {
    method: "POST",
    body: '{"cols":80,"rows":24}',
    headers: { cookie },
  })).json() as TerminalSession;
  const ticket = async () => {
    const answer = await ask(`/sessions/${session.id}/ticket`, { method: "POST", headers: { cookie } });
    return (await answer.json() as { ticket: string }).ticket;
  };
  const host = "freshet.example";
  const status = async (headers: Record<string, string>) => {
    const all = {
      host,
      origin: `http://${host}`,
      "sec-websocket-protocol": offer(await ticket()),
      ...headers,
    };
    return (await handshake(port, all, socketPath(session.id))).status;
  };
  assertEquals([await status({}), await status({ cookie })], [401, 101]);
});

Deno.test("a terminal's window closes at once with the session that it was opened in, and opens no more", async () => {
  await using served = await serve();
  const { app, port, origin } = served;
  await turnOn(app);
  const cookie = await cookieFor(app.services);
  const { id } = await open(app);
  await using client = await TerminalClient.open(origin, id, 0, { cookie });
  await client.message("attached");
  await app.services.sessions.revokeAll("local");
  assertEquals((await client.closed).code, 4001);
  const again = { cookie, origin, "sec-websocket-protocol": offer("none") };
  assertEquals((await handshake(port, again, socketPath(id))).status, 401);
});

Deno.test("without a token, only this machine by its own name has terminals", async () => {
  await using served = await serve();
  const { handler } = served.app;
  const status = async (url: string, hostname: string) => {
    const remoteAddr = { transport: "tcp", hostname, port: 1 } as const;
    const response = await handler(new Request(url), { remoteAddr, completed: Promise.resolve() });
    await response.body?.cancel();
    return response.status;
  };
  const path = "/api/terminal";
  assertEquals(await status(`http://127.0.0.1:13000${path}`, "127.0.0.1"), 200);
  assertEquals(await status(`http://localhost:13000${path}`, "::1"), 200);
  assertEquals(await status(`http://127.0.0.1:13000${path}`, "192.168.0.9"), 401);
  assertEquals(await status(`http://freshet.example:13000${path}`, "127.0.0.1"), 403);
  assertEquals(await status(`http://freshet.example:13000/terminal`, "127.0.0.1"), 403);
  assertEquals(await status(`http://evil.example:13000${path}`, "127.0.0.1"), 403);
});

Deno.test("turned off there are none, and the feature switched off there is nothing at all", async () => {
  await using served = await serve();
  const { app } = served;
  const refusal = async (method: string, path: string, body?: unknown) => {
    const response = await app.fetch(`/api/terminal${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    return [response.status, (await response.json() as { error: ErrorBody }).error.code];
  };
  const size = { cols: 80, rows: 24 };
  assertEquals(await refusal("POST", "/sessions", size), [403, "forbidden"]);
  assertEquals(served.library.opened.length, 0);
  await turnOn(app);
  const { id } = await open(app);
  await using client = await TerminalClient.open(served.origin, id);
  await client.message("replayed");
  served.library.opened[0]?.print("hello");
  await client.until(/hello/);
  await app.json("PATCH", "/api/terminal/setting", { isOn: false });
  assertEquals((await client.message("ended")).end, "off");
  await client.closed;
  assertEquals(await refusal("POST", `/sessions/${id}/ticket`), [403, "forbidden"]);
  assertEquals((await app.json<TerminalState>("GET", "/api/terminal")).sessions, []);

  const features = { ...testConfig().features, terminal: false };
  await using without = await serve({ features });
  for (const { method, path } of Object.values(operations)) {
    if (!path.startsWith("/api/terminal")) continue;
    const response = await without.app.fetch(path.replace("{id}", "x"), { method });
    await response.body?.cancel();
    assertEquals(response.status, 404, `${method} ${path}`);
  }
  assertEquals((await without.app.fetch("/terminal")).status, 404);
});

Deno.test("the page works without a script: it explains, is turned on, shows what runs and who did what", async () => {
  await using served = await serve();
  const { app } = served;
  const post = (fields: Record<string, string>) =>
    app.fetch("/terminal", { method: "POST", body: new URLSearchParams(fields) });
  const text = async () => await (await app.fetch("/terminal")).text();
  assertStringIncludes(await text(), "Turn on terminals");
  assertEquals((await post({ intent: "on" })).status, 303);
  await open(app);
  const on = await text();
  for (const part of ["Turn off", "ollama pull", "turned terminals on", "opened a terminal"]) {
    assertStringIncludes(on, part);
  }
  assertEquals((await post({ intent: "nonsense" })).status, 400);
  assertEquals((await post({ intent: "off" })).status, 303);
  assertStringIncludes(await text(), "Turn on terminals");
  const foreign = await app.fetch("/terminal", {
    method: "POST",
    body: new URLSearchParams({ intent: "on" }),
    headers: { origin: "https://evil.example" },
  });
  assertEquals(foreign.status, 403);
});

Deno.test("where a permission is missing, the page names the flag and the task", async () => {
  await using app = await startApp({}, {
    terminals: {
      support: () => Promise.resolve({ type: "missing", cause: "permission", message: "--allow-ffi" }),
    },
  });
  const page = await (await app.fetch("/terminal")).text();
  assertStringIncludes(page, "--allow-ffi");
  assertStringIncludes(page, "deno task start:full");
});
