import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { localPrincipal } from "../../lib/access/mod.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { cookieFor } from "../cookies.ts";
import { ORIGIN, startApp, type TestApp } from "../harness.ts";
import { handshake } from "./raw_socket.ts";

const PASSWORD = "a long password";
const STREAMS = ["/api/events", "/api/nodes/events", "/api/analytics/events", "/api/system/events"];

async function post(app: TestApp, path: string, form: Record<string, string>, cookie = "") {
  const headers = { origin: ORIGIN, ...(cookie ? { cookie } : {}) };
  const response = await app.fetch(path, { method: "POST", headers, body: new URLSearchParams(form) });
  const text = await response.text();
  const set = response.headers.get("set-cookie")?.split(";")[0] ?? "";
  return { status: response.status, to: response.headers.get("location"), cookie: set, text };
}

const me = async (app: TestApp, cookie: string) => {
  const response = await app.fetch("/api/profile", { headers: cookie ? { cookie } : {} });
  return [response.status, (await response.json()).name];
};

Deno.test("streams end at once with the session that they were begun in, others go on", async () => {
  await using app = await startApp();
  const { sessions } = app.services;
  const [gone, kept] = [await cookieFor(app.services), await cookieFor(app.services)];
  const open = async (path: string, cookie: string) => {
    const response = await app.fetch(path, { headers: { cookie } });
    assertEquals(response.status, 200, path);
    return response;
  };
  const ending = await Promise.all(STREAMS.map((path) => open(path, gone)));
  const staying = await open("/api/events", kept);
  const principal = await sessions.verify(gone.split("=")[1] ?? "");
  assert(principal?.sessionId);
  await app.json("DELETE", `/api/sessions/${principal.sessionId}`, undefined, 204);
  for (const response of ending) await response.text();
  assertEquals((await me(app, gone))[0], 401);
  const reader = staying.body?.getReader();
  await reader?.read();
  app.services.feed.publish("local", { type: "nodes:changed" });
  const { value } = await reader?.read() ?? {};
  assertStringIncludes(new TextDecoder().decode(value), "nodes:changed");
  await reader?.cancel();
});

Deno.test("a password is set, asked for, changed and taken away, without a script", async () => {
  await using app = await startApp();
  const set = await post(app, "/settings/profile", { intent: "password", password: PASSWORD });
  assertEquals([set.status, set.to], [303, "/settings/profile?done=password"]);
  assertEquals([(await me(app, ""))[0], await me(app, set.cookie)], [401, [200, "Me"]]);
  const wrong = await post(app, "/login", { profile: "local", password: "a guess", to: "/" });
  assertEquals([wrong.status, wrong.cookie], [401, ""]);
  assertMatch(wrong.text, /<input[^>]*id="password"[^>]*aria-invalid="true"/);
  const entered = await post(app, "/login", { profile: "local", password: PASSWORD, to: "/models" });
  assertEquals([entered.status, entered.to], [303, "/models"]);
  const refused = await post(app, "/settings/profile", {
    intent: "password",
    oldPassword: "a guess",
    password: "another password",
  }, entered.cookie);
  assertEquals(refused.status, 403);
  assertStringIncludes(refused.text, "not the password until now");
  const removed = await post(app, "/settings/profile", {
    intent: "password",
    oldPassword: PASSWORD,
    removePassword: "on",
  }, entered.cookie);
  assertEquals([removed.status, (await me(app, entered.cookie))[0]], [303, 401]);
  assertEquals([await me(app, removed.cookie), await me(app, "")], [[200, "Me"], [200, "Me"]]);
});

Deno.test("who manages profiles is told which administrator is entered without a password", async () => {
  await using app = await startApp();
  const { profiles } = app.services;
  await profiles.create(localPrincipal, { name: "Bo", role: "administrator", password: null });
  const page = async (cookie: string) => {
    return await (await app.fetch("/settings/profiles", { headers: { cookie } })).text();
  };
  assertStringIncludes(await page(""), "The first profile has no password");
  await profiles.updateOwn(localPrincipal, { password: PASSWORD });
  assertStringIncludes(
    await page(await cookieFor(app.services)),
    "Bo is an administrator without a password",
  );
});

Deno.test("profiles are added, changed and deleted by forms, and a form that is sent twice adds one", async () => {
  await using app = await startApp();
  const form = { intent: "create", name: "Ada", role: "member", password: "", key: "once" };
  const made = await post(app, "/settings/profiles", form);
  assertEquals([made.status, (await post(app, "/settings/profiles", form)).to], [303, made.to]);
  const id = made.to?.split("saved=")[1] ?? "";
  const entered = await post(app, "/login", { profile: id, to: "/" });
  assertEquals(await me(app, entered.cookie), [200, "Ada"]);
  const page = await (await app.fetch("/settings/nodes", { headers: { cookie: entered.cookie } })).text();
  assertStringIncludes(page, "Not for this profile");
  for (const path of ["/nodes", "/models/servers"]) {
    const shown = await (await app.fetch(path, { headers: { cookie: entered.cookie } })).text();
    assert(!shown.includes('href="/settings/nodes'), `${path} leads a member to what is not for members`);
  }
  const bad = await post(app, "/settings/profiles", {
    intent: "update",
    id,
    name: "",
    avatar: "ABC",
    color: "teal",
  });
  assertEquals(bad.status, 400);
  const changed = await post(app, "/settings/profiles", {
    intent: "update",
    id,
    name: "Ada L.",
    avatar: "🇬🇧",
    color: "red",
    role: "member",
  });
  assertEquals([changed.status, await me(app, entered.cookie)], [303, [200, "Ada L."]]);
  const deleted = await post(app, "/settings/profiles", { intent: "delete", id });
  assertEquals([deleted.to, (await me(app, entered.cookie))[0]], ["/settings/profiles?deleted", 401]);
});

Deno.test("on an open address everybody logs in, and a profile without a password is entered by nobody", async () => {
  const refused = await startApp({ host: "0.0.0.0" }).catch((error) => error);
  assert(refused instanceof FreshetError && refused.message.includes("without a token or a password"));
  await using app = await startApp({ host: "0.0.0.0", token: "a long token" });
  assertEquals((await me(app, ""))[0], 401);
  const { id } = await app.services.profiles.create(localPrincipal, {
    name: "Bo",
    role: "member",
    password: null,
  });
  assertEquals((await post(app, "/login", { profile: id })).status, 403);
  assertEquals(
    (await app.fetch("/api/profile", { headers: { cookie: await cookieFor(app.services, id, "click") } }))
      .status,
    401,
  );
  const entered = await post(app, "/login", { token: "a long token" });
  assertEquals(await me(app, entered.cookie), [200, "Me"]);
});

Deno.test("what belongs to the house reaches the pages of members; alerts of the machine do not", async () => {
  await using app = await startApp();
  const { profiles, feed } = app.services;
  const { id } = await profiles.create(localPrincipal, { name: "Ada", role: "member", password: null });
  const headers = { cookie: await cookieFor(app.services, id, "click"), origin: ORIGIN };
  const response = await app.fetch("/api/events", { headers });
  const reader = response.body?.getReader();
  await reader?.read();
  const alert = { id: "a", figure: "cpu", state: "raised", value: 99, above: 90, at: 1, host: "h" };
  feed.publish("local", { type: "system:alert", alert: alert as never });
  feed.publish("local", { type: "settings:changed", settings: {} as never });
  feed.publish("local", { type: "nodes:changed" });
  let seen = "";
  while (!seen.includes("nodes:changed")) seen += new TextDecoder().decode((await reader?.read())?.value);
  await reader?.cancel();
  assertEquals([seen.includes("alert"), seen.includes("settings")], [false, false]);
});

Deno.test("a handshake of /chat with a session that was revoked is refused", async () => {
  await using app = await startApp();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, app.handler);
  const cookie = await cookieFor(app.services);
  const status = async () => (await handshake(server.addr.port, { cookie })).status;
  assertEquals(await status(), 101);
  await app.services.sessions.revokeAll("local");
  assertEquals(await status(), 401);
  app.services.sockets.close();
  await server.shutdown();
});
