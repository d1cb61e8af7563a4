import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { localPrincipal } from "../../lib/access/mod.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { cookieFor } from "../cookies.ts";
import { ORIGIN, startApp, type TestApp } from "../harness.ts";

const STRANGER = "203.0.113.9";
const FORWARDED = { "x-forwarded-for": STRANGER };
const PATHS = ["/models", "/settings/keys", "/api/profile", "/api/terminal", "/v1/models", "/metrics"];

/** Sends what a proxy on the same machine would. */
async function forward(app: TestApp, path: string, init: RequestInit = {}, hostname = "127.0.0.1") {
  const remoteAddr = { transport: "tcp", hostname, port: 1 } as const;
  const request = new Request(new URL(path, ORIGIN), init);
  return await app.handler(request, { remoteAddr, completed: Promise.resolve() });
}

async function statusOf(response: Response): Promise<number> {
  await response.body?.cancel();
  return response.status;
}

Deno.test("what a proxy on this machine forwards for strangers is not from the person at it", async () => {
  await using app = await startApp();
  const added = [FORWARDED, { forwarded: `for=${STRANGER}` }, { "x-real-ip": STRANGER }, {
    via: "1.1 proxy",
  }];
  for (const path of PATHS) {
    assertEquals(await statusOf(await forward(app, path)), 200, path);
    for (const headers of added) {
      const response = await forward(app, path, { headers });
      const isPage = !/^\/(api|v1|metrics)/.test(path);
      assertEquals(await statusOf(response), isPage ? 303 : 401, `${path} ${JSON.stringify(headers)}`);
      if (isPage) assertMatch(response.headers.get("location") ?? "", /^\/login\?to=/);
    }
    assertEquals(await statusOf(await forward(app, path, {}, STRANGER)) >= 300, true, path);
  }
  const asked = await forward(app, "/v1/models", {
    headers: { ...FORWARDED, authorization: "Bearer ollama" },
  });
  assertEquals(await statusOf(asked), 401);
});

Deno.test("no profile without a password is entered through a proxy, nor by a session that took no proof", async () => {
  await using app = await startApp();
  const { id } = await app.services.profiles.create(localPrincipal, {
    name: "Bo",
    role: "member",
    password: null,
  });
  const enter = (headers: Record<string, string>) =>
    forward(app, "/login", {
      method: "POST",
      headers: { ...headers, origin: ORIGIN },
      body: new URLSearchParams({ profile: id, to: "/" }),
    });
  const refused = await enter(FORWARDED);
  assertEquals([refused.status, refused.headers.get("set-cookie")], [403, null]);
  await refused.body?.cancel();
  const page = await (await forward(app, "/login", { headers: FORWARDED })).text();
  assert(!page.includes("Bo"), "strangers are not told who there is");
  const entered = await enter({});
  const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
  assertEquals(await statusOf(entered), 303);
  assertEquals(await statusOf(await forward(app, "/api/profile", { headers: { cookie } })), 200);
  assertEquals(
    await statusOf(await forward(app, "/api/profile", { headers: { cookie, ...FORWARDED } })),
    401,
  );
  const proven = await cookieFor(app.services, id, "password");
  const known = await forward(app, "/api/profile", { headers: { cookie: proven, ...FORWARDED } });
  assertEquals(await statusOf(known), 200);
});

Deno.test("where strangers can come, Freshet does not start without a way to log in, and everybody has to", async () => {
  for (const config of [{ trustedProxies: ["127.0.0.1"] }, { allowedHosts: ["freshet.example"] }]) {
    const refused = await startApp(config).catch((error) => error);
    assert(refused instanceof FreshetError && refused.message.includes("without a token or a password"));
    await using app = await startApp({ ...config, token: "a long token" });
    assert(app.services.needsLogin);
    // As a proxy sends it that adds nothing and passes on what its client calls it.
    assertEquals(await statusOf(await forward(app, "/api/profile")), 401);
  }
  const wrong = await startApp({ trustedProxies: ["nginx"], token: "t" }).catch((error) => error);
  assert(wrong instanceof FreshetError && wrong.message.includes("nginx"));
});

Deno.test("behind a trusted proxy each visitor waits for the own guesses alone, and sessions say where from", async () => {
  await using app = await startApp({ token: "a long token", trustedProxies: ["127.0.0.1"] });
  const enter = (token: string, from: string) =>
    forward(app, "/login", {
      method: "POST",
      headers: { "x-forwarded-for": `10.9.9.9, ${from}`, "x-forwarded-proto": "https", origin: ORIGIN },
      body: new URLSearchParams({ token }),
    });
  const bearer = (token: string, from: string) =>
    forward(app, "/api/profile", {
      headers: { "x-forwarded-for": from, authorization: `Bearer ${token}` },
    });
  for (let i = 0; i < 5; i++) assertEquals(await statusOf(await enter("guess", STRANGER)), 401);
  for (let i = 0; i < 10; i++) assertEquals(await statusOf(await bearer(`guess-${i}`, STRANGER)), 401);
  assertEquals(await statusOf(await enter("a long token", STRANGER)), 429);
  const late = await bearer("a long token", STRANGER);
  assertEquals([late.status, late.headers.get("retry-after")], [429, "2"]);
  await late.body?.cancel();
  assertEquals(await statusOf(await bearer("a long token", "198.51.100.7")), 200);
  const entered = await enter("a long token", "198.51.100.7");
  const set = entered.headers.get("set-cookie") ?? "";
  assertEquals(await statusOf(entered), 303);
  assertStringIncludes(set, "; Secure");
  const sessions = await forward(app, "/api/sessions", { headers: { cookie: set.split(";")[0] ?? "" } });
  const list = await sessions.json();
  assertEquals((list.sessions ?? list).map(({ address }: { address: string }) => address), ["198.51.100.7"]);
});

Deno.test("two Freshets on one host name do not log each other out; a cookie of before goes on", async () => {
  await using first = await startApp({ token: "a long token" });
  await using second = await startApp({ token: "a long token" });
  const cookie = [await cookieFor(first.services), await cookieFor(second.services)].join("; ");
  for (const app of [first, second]) {
    assertEquals(await statusOf(await app.fetch("/api/profile", { headers: { cookie } })), 200);
  }
  const old = (await cookieFor(first.services)).replace(/^[^=]+/, "freshet_session");
  const shared = { cookie: `${old}; ${await cookieFor(second.services)}` };
  for (const app of [first, second]) {
    assertEquals(await statusOf(await app.fetch("/api/profile", { headers: shared })), 200);
  }
  const ended = await first.fetch("/logout", { method: "POST", headers: { cookie: old, origin: ORIGIN } });
  const names = ended.headers.getSetCookie().map((text) => text.split("=")[0]);
  assertEquals(names, [first.services.sessions.cookieName, "freshet_session"]);
  const other = await second.fetch("/logout", { method: "POST", headers: { ...shared, origin: ORIGIN } });
  assertEquals(other.headers.getSetCookie().map((text) => text.split("=")[0]), [
    second.services.sessions.cookieName,
  ]);
});
