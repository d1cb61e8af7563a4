import { assertEquals } from "@std/assert";
import { silentLog, systemClock } from "../../lib/host/mod.ts";
import { operations } from "../../lib/app/mod.ts";
import { gatewayPaths } from "../../lib/gateway/mod.ts";
import { sampleHost } from "../../lib/monitor/testing/sample_host.ts";
import { localPrincipal, type Scope } from "../../lib/access/mod.ts";
import { ORIGIN, startApp, type TestApp } from "../harness.ts";
import { type Actor, makeActors } from "./permissions/actors.ts";
import { routesOnDisk } from "./permissions/routes_on_disk.ts";
import { ADMIN_POSTS, BODIES, FOR_PEOPLE, OPERATIONS, PAGES } from "./permissions/table.ts";

type Verdict = "let in" | "not logged in" | "forbidden";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
/** What refusals say; other errors with their status come from within. */
const REFUSALS = /lacks the scope|for administrators|no API key|not an API key|a key is for/;

const start = () =>
  startApp({ token: "a-token-of-this-test" }, {
    host: sampleHost(systemClock),
    terminals: {
      support: () => Promise.resolve({ type: "missing", cause: "policy", message: "none here" }),
    },
    log: silentLog,
  });

async function verdictOf(
  app: TestApp,
  method: string,
  path: string,
  { headers }: Actor,
  body?: BodyInit,
): Promise<Verdict> {
  const response = await app.fetch(concrete(path), {
    method,
    headers: {
      origin: ORIGIN,
      ...(typeof body === "string" ? { "content-type": "application/json" } : {}),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  const text = isStream ? "" : await response.text();
  await response.body?.cancel().catch(() => {});
  if (response.status === 303 && response.headers.get("location")?.startsWith("/login?to=")) {
    return "not logged in";
  }
  if (response.status === 401 && /API key/.test(text)) return "not logged in";
  return response.status === 403 && REFUSALS.test(text) ? "forbidden" : "let in";
}

const concrete = (path: string) =>
  path.replace("{group}", "appearance").replace("{dimension}", "model").replaceAll(/\{\w+\}/g, "none");

Deno.test("the table names every operation with the scope that it needs", () => {
  const expected = Object.values(operations).map(({ method, path, scope }) => `${scope}: ${method} ${path}`);
  const ofGateway = gatewayPaths().map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  const table = Object.entries(OPERATIONS).flatMap(([scope, names]) =>
    names.map((name) => `${scope}: ${name}`)
  );
  assertEquals(table.filter((line) => !line.includes(" /v1/")).sort(), expected.sort());
  assertEquals(
    Object.values(OPERATIONS).flat().filter((name) => name.includes(" /v1/")).sort(),
    ofGateway.sort(),
  );
});

Deno.test("the table names every route on disk with its methods", async () => {
  const onDisk = await routesOnDisk();
  const ofApi = new Set<string>(Object.values(operations).map(({ path }) => path));
  const pages = onDisk.filter(({ path }) => !ofApi.has(path));
  assertEquals(
    Object.fromEntries(pages.map(({ path, methods }) => [path, methods])),
    Object.fromEntries(Object.entries(PAGES).map(([path, { methods }]) => [path, [...methods]])),
  );
  assertEquals(onDisk.length - pages.length, ofApi.size, "each operation has a file");
});

Deno.test("no method of the API is answered that the table lacks", async () => {
  await using app = await start();
  const [administrator] = (await makeActors(app)).filter(({ name }) => name === "an administrator");
  const methodsOf = Map.groupBy(Object.values(operations), ({ path }) => path);
  const answered: string[] = [];
  for (const [path, offered] of methodsOf) {
    for (const method of METHODS.filter((each) => !offered.some(({ method }) => method === each))) {
      const response = await app.fetch(concrete(path), { method, headers: administrator?.headers ?? {} });
      await response.body?.cancel();
      if (response.status !== 405) answered.push(`${method} ${path}: ${response.status}`);
    }
  }
  assertEquals(answered, []);
});

Deno.test("every operation is for exactly those who may: nobody, members, administrators, keys by their scopes", async () => {
  await using app = await start();
  const actors = await makeActors(app);
  await app.services.terminals.configure(
    {
      principal: localPrincipal,
      from: "127.0.0.1",
      host: "localhost",
    },
    { isOn: true },
  );
  const wrong: string[] = [];
  for (const [scope, names] of Object.entries(OPERATIONS) as [Scope, string[]][]) {
    const asked = actors.filter(({ type, name }) => type !== "key" || name.endsWith(` ${scope}`));
    for (const name of names) {
      const [method = "", path = ""] = name.split(" ");
      for (const actor of asked) {
        const may = actor.scopes.has(scope) && !(actor.type === "key" && FOR_PEOPLE.has(name));
        const expected = actor.type === "nobody" ? "not logged in" : may ? "let in" : "forbidden";
        const verdict = await verdictOf(app, method, path, actor, JSON.stringify(BODIES[name]));
        if (verdict !== expected) wrong.push(`${name} by ${actor.name}: ${verdict}, not ${expected}`);
      }
    }
  }
  assertEquals(wrong, []);
});

Deno.test("every page is for exactly those who may, and never for a key", async () => {
  await using app = await start();
  const actors = await makeActors(app);
  const asked = actors.filter(({ type, name }) => type !== "key" || name === "a key with admin");
  const wrong: string[] = [];
  for (const [path, { methods, right }] of Object.entries(PAGES)) {
    // It ends the session that asks.
    if (path === "/logout") continue;
    for (const method of methods) {
      for (const actor of asked) {
        const needed = method === "POST" && ADMIN_POSTS.has(path) ? "admin" : right;
        const may = needed === "anybody" ||
          (actor.type === "person" && (needed === "person" || actor.scopes.has(needed)));
        const refused = actor.type === "nobody" ? "not logged in" : "forbidden";
        const form = method === "POST" ? new URLSearchParams({ intent: "none" }) : undefined;
        const verdict = await verdictOf(app, method, path, actor, form);
        const expected = may ? "let in" : refused;
        if (verdict !== expected) {
          wrong.push(`${method} ${path} by ${actor.name}: ${verdict}, not ${expected}`);
        }
      }
    }
  }
  assertEquals(wrong, []);
});

Deno.test("several slashes are not taken for one: they are no way around what is decided by the path", async () => {
  await using app = await start();
  const [member] = (await makeActors(app)).filter(({ name }) => name === "a member");
  const paths = [...Object.keys(PAGES), ...Object.values(operations).map(({ path }) => path)].map(concrete);
  const wrong: string[] = [];
  for (const path of new Set(paths)) {
    for (const { index } of path.matchAll(/\//g)) {
      const doubled = `${path.slice(0, index)}/${path.slice(index)}`;
      const response = await app.fetch(`${ORIGIN}${doubled}`, { headers: member?.headers ?? {} });
      await response.body?.cancel();
      if (response.status !== 404) wrong.push(`${doubled}: ${response.status}`);
    }
  }
  assertEquals(wrong, []);
});

Deno.test("no operation is reached under a foreign name, nor is anything changed from a foreign page", async () => {
  await using app = await start();
  const [administrator] = (await makeActors(app)).filter(({ name }) => name === "an administrator");
  const cookie = administrator?.headers["cookie"] ?? "";
  const wrong: string[] = [];
  const check = async (name: string, url: string, init: RequestInit) => {
    const response = await app.fetch(url, init);
    const text = await response.text();
    if (response.status !== 403 || !/are not answered here/.test(text)) {
      wrong.push(`${name}: ${response.status}`);
    }
  };
  const names = [...Object.values(OPERATIONS).flat(), ...Object.keys(PAGES).map((path) => `GET ${path}`)];
  for (const name of names) {
    const [method = "", path = ""] = name.split(" ");
    await check(name, `http://rebound.example:13000${concrete(path)}`, { method, headers: { cookie } });
    const isHandshake = path.endsWith("/socket");
    if (method === "GET" && !isHandshake) continue;
    const upgrade: Record<string, string> = isHandshake ? { upgrade: "websocket" } : {};
    for (
      const foreign of [{ origin: "https://evil.example" }, { origin: "null" }, {
        "sec-fetch-site": "cross-site",
      }]
    ) {
      await check(name, concrete(path), {
        method,
        headers: { cookie, ...upgrade, ...foreign } as HeadersInit,
      });
    }
  }
  assertEquals(wrong, []);
});
