import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import type { ApiKeyView, NodeStatus, NodeView, UiSettings } from "../../lib/shared/mod.ts";
import { cookieFor } from "../cookies.ts";
import { ORIGIN, startApp, type TestApp } from "../harness.ts";

const TOKEN = "correct horse battery staple";

/** Posts a form as a browser without scripts does. */
async function post(
  app: TestApp,
  path: string,
  fields: Record<string, string | string[]>,
  headers: Record<string, string> = { origin: ORIGIN },
): Promise<Response> {
  const body = new URLSearchParams(
    Object.entries(fields).flatMap(([name, values]) => [values].flat().map((value) => [name, value])),
  );
  return await app.fetch(path, { method: "POST", body, headers });
}

/** Where a post leads to. */
async function redirect(response: Response): Promise<string> {
  await response.body?.cancel();
  assertEquals(response.status, 303);
  return response.headers.get("location") ?? "";
}

async function text(app: TestApp, path: string, status = 200): Promise<string> {
  const response = await app.fetch(path);
  assertEquals(response.status, status, path);
  return await response.text();
}

async function settings(app: TestApp): Promise<UiSettings> {
  return await app.json<UiSettings>("GET", "/api/settings");
}

async function node(app: TestApp, name: string): Promise<NodeView> {
  const nodes = await app.json<NodeStatus[]>("GET", "/api/nodes");
  const found = nodes.find((node) => node.name === name);
  assert(found, `there is no node ${name}`);
  return found;
}

Deno.test("every page of the settings is complete without a script", async () => {
  await using app = await startApp();
  const pages: [string, string][] = [
    ["/settings", "Settings · Freshet"],
    ["/settings/appearance", "Appearance · Freshet"],
    ["/settings/panels", "Panels · Freshet"],
    ["/settings/chat", "Chat · Freshet"],
    ["/settings/nodes", "Nodes · Freshet"],
    ["/settings/nodes/add", "Add a node · Freshet"],
    ["/settings/nodes/add?server=openai", "Add OpenAI · Freshet"],
    ["/settings/keys", "API keys · Freshet"],
    ["/settings/transfer", "Import and export · Freshet"],
    ["/settings/backup", "Backups · Freshet"],
    ["/settings/privacy", "Privacy · Freshet"],
    ["/settings/about", "About · Freshet"],
  ];
  for (const [path, title] of pages) {
    const html = await text(app, path);
    assertStringIncludes(html, `<title>${title}</title>`);
    assertEquals(html.match(/<h1/g)?.length, 1, path);
    assertFalse(/settings\.[a-z]+\.|nodes\.[a-z]+\.[a-z]|keys\.[a-z]+\./.test(visible(html)), path);
  }
  for (const path of ["/settings/nothing", "/settings/nodes/nothing", "/settings/nodes/add?server=nothing"]) {
    await text(app, path, 404);
  }
});

/** What a reader sees: no markup, no data for scripts. */
function visible(html: string): string {
  return html.replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, "").replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/features\.\w+|fresh\.config\.ts/g, "");
}

Deno.test("a group's form is kept whole: a switch that is not in it is off", async () => {
  await using app = await startApp();
  assertEquals(
    await redirect(await post(app, "/settings/panels", { sidebar: "on", tokenMeter: "on" })),
    "/settings/panels?saved",
  );
  const { sidebar, statusBar, tokenMeter, theme } = await settings(app);
  assertEquals([sidebar, statusBar, tokenMeter, theme], [true, false, true, "deep-dark"]);
  assertStringIncludes(await text(app, "/settings/panels?saved"), "notice--success");
  await redirect(
    await post(app, "/settings/chat", {
      temperature: "0.25",
      systemPrompt: "One\r\nTwo",
      sendWith: "ctrl-enter",
    }),
  );
  const chat = await settings(app);
  assertEquals([chat.temperature, chat.systemPrompt, chat.sendWith], [0.25, "One\nTwo", "ctrl-enter"]);
});

Deno.test("a form outside of the bounds is refused with the reason and changes nothing", async () => {
  await using app = await startApp();
  const before = await settings(app);
  for (const fields of [{ temperature: "9" }, { temperature: "" }, { sendWith: "smoke" }]) {
    const response = await post(app, "/settings/chat", fields);
    assertEquals(response.status, 400);
    assertStringIncludes(await response.text(), `This was not saved: ${Object.keys(fields)[0]}`);
  }
  assertEquals(await settings(app), before);
});

Deno.test("going back to the defaults is asked about, then done", async () => {
  await using app = await startApp();
  await redirect(await post(app, "/settings/appearance", { theme: "llama" }));
  assertMatch(await text(app, "/settings/appearance?ask=reset"), /<dialog\s+open/);
  assertEquals((await settings(app)).theme, "llama");
  await redirect(await post(app, "/settings/appearance", { intent: "reset" }));
  assertEquals((await settings(app)).theme, "deep-dark");
});

Deno.test("the page is in the chosen language and theme from the first byte", async () => {
  await using app = await startApp();
  await redirect(
    await post(app, "/settings/appearance", { theme: "light", language: "de", animations: "on" }),
  );
  const html = await text(app, "/settings/appearance");
  assertMatch(html, /<html lang="de" data-theme="light"/);
  assertStringIncludes(html, "Aussehen");
});

Deno.test("a server is added, switched, changed and removed by forms", async () => {
  await using app = await startApp();
  const added = await redirect(
    await post(app, "/settings/nodes/add?server=ollama", {
      name: "Attic",
      kind: "ollama",
      baseUrl: "http://127.0.0.1:9/",
      apiKey: "sk-secret",
    }),
  );
  const { id, hasKey, baseUrl } = await node(app, "Attic");
  assertEquals([added, hasKey, baseUrl], [`/settings/nodes?added=${id}`, true, "http://127.0.0.1:9"]);
  assertStringIncludes(await text(app, added), "Attic was added");
  for (const path of ["/settings/nodes", `/settings/nodes/${id}`]) {
    assertFalse((await text(app, path)).includes("sk-secret"), "a key never goes back to a browser");
  }
  await redirect(await post(app, "/settings/nodes", { intent: "disable", id }));
  assertEquals((await node(app, "Attic")).enabled, false);
  await redirect(
    await post(app, `/settings/nodes/${id}`, {
      name: "Cellar",
      kind: "ollama",
      baseUrl: "http://127.0.0.1:9",
      priority: "3",
    }),
  );
  const changed = await node(app, "Cellar");
  assertEquals([changed.priority, changed.hasKey, changed.enabled], [3, true, false]);
  assertStringIncludes(await text(app, `/settings/nodes?remove=${id}`), "Remove Cellar?");
  await redirect(await post(app, "/settings/nodes", { intent: "remove", id }));
  assertFalse((await text(app, "/settings/nodes")).includes("Cellar"));
});

Deno.test("a refused server's form comes back filled in, but for the key", async () => {
  await using app = await startApp();
  const response = await post(app, "/settings/nodes/add?server=other", {
    name: "Mine",
    kind: "openai",
    baseUrl: "not an address",
    apiKey: "sk-secret",
  });
  const html = await response.text();
  assertEquals(response.status, 400);
  assertStringIncludes(html, 'value="not an address"');
  assertMatch(html, /id="field-baseUrl-problem"[^>]*role="alert"/);
  assertFalse(html.includes("sk-secret"));
});

Deno.test("what the config file or Freshet itself brings is shown, not changed", async () => {
  await using app = await startApp({
    nodes: [{ name: "Works", kind: "ollama", baseUrl: "http://127.0.0.1:9" }],
  });
  const html = await text(app, "/settings/nodes");
  assertStringIncludes(html, "It stands in fresh.config.ts");
  assertStringIncludes(html, "It comes with Freshet");
  assertFalse(html.includes("Remove Works"));
  const { id } = await node(app, "Works");
  await text(app, `/settings/nodes/${id}`, 404);
  const response = await post(app, "/settings/nodes", { intent: "remove", id });
  assertStringIncludes(await response.text(), "This node comes from fresh.config.ts");
  assertEquals(response.status, 409);
});

Deno.test("a new key's secret is in one answer only", async () => {
  await using app = await startApp();
  const response = await post(app, "/settings/keys", {
    intent: "create",
    name: "Editor",
    scope: ["chat", "models"],
  });
  const secret = (await response.text()).match(/<code>(fsh_[\w-]{43})<\/code>/)?.[1];
  assert(secret);
  assertEquals(response.headers.get("cache-control"), "no-store");
  assertFalse((await text(app, "/settings/keys")).includes(secret));
  const { keys } = await app.json<{ keys: ApiKeyView[] }>("GET", "/api/keys");
  assertEquals(keys.map(({ name, scopes }) => [name, scopes]), [["Editor", ["chat", "models"]]]);
  const id = keys[0]?.id ?? "";
  assertStringIncludes(await text(app, `/settings/keys?revoke=${id}`), "Revoke Editor?");
  await redirect(await post(app, "/settings/keys", { intent: "revoke", id }));
  assertEquals(
    (await app.fetch("/v1/models", { headers: { authorization: `Bearer ${secret}` } })).status,
    401,
  );
});

Deno.test("a key's limits and options are set and changed by forms, and by PATCH", async () => {
  await using app = await startApp({ limits: { tokensPerMinute: 200_000 } });
  const made = await post(app, "/settings/keys", {
    intent: "create",
    name: "Editor",
    scope: ["chat"],
    requestsPerMinute: "60",
    tokensPerMinute: "",
  });
  await made.body?.cancel();
  const key = async () => (await app.json<{ keys: ApiKeyView[] }>("GET", "/api/keys")).keys[0];
  const { id = "" } = await key() ?? {};
  assertEquals([(await key())?.requestsPerMinute, (await key())?.tokensPerMinute], [60, undefined]);
  const listed = await text(app, "/settings/keys");
  assertStringIncludes(listed, "60 requests a minute");
  assertStringIncludes(listed, "Everybody together, chats and projects included: 200,000 tokens a minute");
  assertMatch(await text(app, `/settings/keys?edit=${id}`), /<input[^>]*value="60"/);

  const form = { intent: "update", id, requestsPerMinute: "0", tokensPerMinute: "9000" };
  assertEquals(await redirect(await post(app, "/settings/keys", form)), "/settings/keys");
  assertEquals([(await key())?.requestsPerMinute, (await key())?.tokensPerMinute], [undefined, 9_000]);
  for (const requestsPerMinute of ["-1", "1.5", "many"]) {
    const refused = await post(app, "/settings/keys", { ...form, requestsPerMinute });
    assertEquals(refused.status, 400);
    assertMatch(await refused.text(), /notice--error[\s\S]*requestsPerMinute/);
  }
  await app.json("PATCH", `/api/keys/${id}`, { requestsPerMinute: 5 });
  assertEquals([(await key())?.requestsPerMinute, (await key())?.tokensPerMinute], [5, 9_000]);
  await app.json("PATCH", `/api/keys/${id}`, { requestsPerMinute: -5 }, 400);

  assertEquals((await key())?.continuesAnswers, false);
  await redirect(await post(app, "/settings/keys", { ...form, continuesAnswers: "on" }));
  assertEquals((await key())?.continuesAnswers, true);
  assertStringIncludes(await text(app, "/settings/keys"), "broken answers are continued");
  assertMatch(
    await text(app, `/settings/keys?edit=${id}`),
    /<input(?=[^>]*name="continuesAnswers")[^>]*\schecked/,
  );
  await app.json("PATCH", `/api/keys/${id}`, { requestsPerMinute: 5 });
  assertEquals((await key())?.continuesAnswers, true);
  await app.json("PATCH", `/api/keys/${id}`, { continuesAnswers: "yes" }, 400);
  // A box that is not ticked is not in the form.
  await redirect(await post(app, "/settings/keys", form));
  assertEquals((await key())?.continuesAnswers, false);
  const options = { name: "Script", scopes: ["chat"], continuesAnswers: true };
  const script = await app.json<ApiKeyView>("POST", "/api/keys", options, 201);
  assertEquals(script.continuesAnswers, true);
  await app.json("PATCH", "/api/keys/nothing", {}, 404);
});

Deno.test("a key that may do nothing is refused", async () => {
  await using app = await startApp();
  const response = await post(app, "/settings/keys", { intent: "create", name: "Idle" });
  assertEquals(response.status, 400);
  assertStringIncludes(await response.text(), "notice--error");
});

Deno.test("posts from another site are refused and do nothing", async () => {
  await using app = await startApp();
  const foreign: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { "sec-fetch-site": "cross-site" },
  ];
  for (const headers of foreign) {
    for (const path of ["/settings/panels", "/settings/nodes", "/settings/keys", "/login", "/logout"]) {
      const response = await post(app, path, { intent: "create", name: "x", scope: "admin" }, headers);
      await response.body?.cancel();
      assertEquals(response.status, 403, `${path} ${JSON.stringify(headers)}`);
    }
  }
  assertEquals((await app.json<{ keys: ApiKeyView[] }>("GET", "/api/keys")).keys, []);
  assertEquals((await settings(app)).statusBar, true);
});

Deno.test("an API key without the scope to change everything sees no settings", async () => {
  await using app = await startApp();
  const { secret } = await app.json<{ secret: string }>("POST", "/api/keys", {
    name: "Reader",
    scopes: ["chat"],
  });
  const headers = { authorization: `Bearer ${secret}` };
  for (const path of ["/settings", "/settings/nodes", "/settings/keys", "/settings/about"]) {
    const response = await app.fetch(path, { headers });
    await response.body?.cancel();
    assertEquals(response.status, 403, path);
  }
  const response = await post(app, "/settings/panels", {}, { ...headers, origin: ORIGIN });
  await response.body?.cancel();
  assertEquals([response.status, (await settings(app)).statusBar], [403, true]);
});

Deno.test("with a token, a stranger is sent to the login and comes back to where they wanted", async () => {
  await using app = await startApp({ token: TOKEN });
  const asked = await app.fetch("/settings/nodes");
  const login = asked.headers.get("location") ?? "";
  assertEquals([asked.status, login], [303, "/login?to=%2Fsettings%2Fnodes"]);
  const html = await text(app, login);
  assertStringIncludes(html, '<input type="hidden" name="to" value="/settings/nodes"');
  assertFalse(html.includes("<script"), "the login needs no script");
  const entered = await post(app, "/login", { token: TOKEN, to: "/settings/nodes" });
  assertEquals(await redirect(entered), "/settings/nodes");
  const cookie = entered.headers.get("set-cookie") ?? "";
  assertMatch(
    cookie,
    /^freshet_[0-9a-f]{8}_session=[\w-]{43}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
  );
  const page = await app.fetch("/settings/about", { headers: { cookie: cookie.split(";")[0] ?? "" } });
  assertEquals(page.status, 200);
  assertStringIncludes(await page.text(), 'action="/logout"');
});

Deno.test("over https the cookie stays there", async () => {
  await using app = await startApp({ token: TOKEN, allowedHosts: ["freshet.example"] });
  const response = await app.fetch("https://freshet.example/login", {
    method: "POST",
    body: new URLSearchParams({ token: TOKEN }),
  });
  assertEquals(await redirect(response), "/");
  assertStringIncludes(response.headers.get("set-cookie") ?? "", "; Secure");
});

Deno.test("a wrong token is marked at its field, without a cookie; who guesses has to wait", async () => {
  await using app = await startApp({ token: TOKEN });
  const response = await post(app, "/login", { token: "guess", to: "/settings" });
  const html = await response.text();
  assertEquals([response.status, response.headers.get("set-cookie")], [401, null]);
  assertStringIncludes(html, "This is not the token");
  assertMatch(html, /<input[^>]*id="token"[^>]*aria-invalid="true"/);
  assertStringIncludes(html, 'name="to" value="/settings"');
  assertFalse(html.includes("guess"));
  const guess = async () => (await post(app, "/login", { token: "guess" })).status;
  assertEquals([await guess(), await guess(), await guess(), await guess(), await guess()], [
    401,
    401,
    401,
    401,
    429,
  ]);
  const slow = await post(app, "/login", { token: TOKEN });
  assertEquals([slow.status, slow.headers.get("retry-after")], [429, "2"]);
  assertStringIncludes(await slow.text(), "Wait 2 seconds");
});

Deno.test("the login leads to paths of this Freshet only", async () => {
  await using app = await startApp({ token: TOKEN });
  const targets: [string, string][] = [
    ["/chat/1?a=b", "/chat/1?a=b"],
    ["", "/"],
    ["//evil.example", "/"],
    ["/\\evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["/.//evil.example", "/"],
    ["https://evil.example/", "/"],
    ["javascript:alert(1)", "/"],
    ["evil.example", "/"],
    ["/login?to=/login", "/"],
  ];
  for (const [to, expected] of targets) {
    assertEquals(await redirect(await post(app, "/login", { token: TOKEN, to })), expected, to);
  }
});

Deno.test("who is known already, or where there is no token, is not asked", async () => {
  await using open = await startApp();
  assertEquals(await redirect(await open.fetch("/login?to=/settings")), "/settings");
  assertEquals(await redirect(await post(open, "/login", { token: "x" })), "/");
  await using app = await startApp({ token: TOKEN });
  const headers = { cookie: await cookieFor(app.services) };
  assertEquals(await redirect(await app.fetch("/login?to=/settings/keys", { headers })), "/settings/keys");
});

Deno.test("logging out ends the browser's session", async () => {
  await using app = await startApp({ token: TOKEN });
  const headers = { cookie: await cookieFor(app.services), origin: ORIGIN };
  const response = await post(app, "/logout", {}, headers);
  assertEquals(await redirect(response), "/login?switch");
  assertMatch(
    response.headers.get("set-cookie") ?? "",
    /^freshet_[0-9a-f]{8}_session=; Max-Age=0; Path=\/; HttpOnly/,
  );
  assertEquals((await app.fetch("/api/profile", { headers })).status, 401);
});
