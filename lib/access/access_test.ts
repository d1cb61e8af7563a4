import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { FreshetError } from "../shared/mod.ts";
import { openStore } from "../store/mod.ts";
import {
  ApiKeys,
  AT_MACHINE,
  Authenticator,
  endRevokedElsewhere,
  guardRequest,
  localPrincipal,
  type Principal,
  requireScope,
  Revocations,
  ROLE_SCOPES,
} from "./mod.ts";

const stranger: Principal = { ...localPrincipal, profileId: "stranger" };

async function withKeys(fn: (apiKeys: ApiKeys, dump: () => Promise<string>) => Promise<void>): Promise<void> {
  const store = await openStore({ folder: ":memory:" });
  const dump = async () =>
    JSON.stringify(
      (await Array.fromAsync(store.kv.list({ prefix: [] }))).map((
        { key, value },
      ) => [key, new TextDecoder().decode(value as Uint8Array)]),
    );
  try {
    await fn(new ApiKeys(store), dump);
  } finally {
    store.close();
  }
}

Deno.test("a key stands for its profile and scopes until it is revoked", () =>
  withKeys(async (apiKeys, dump) => {
    const { secret, id } = await apiKeys.create(localPrincipal, "editor", ["chat"]);
    const principal = await apiKeys.verify(secret);
    assertEquals([principal?.profileId, principal?.keyId, [...principal?.scopes ?? []]], ["local", id, [
      "chat",
    ]]);
    assert(!(await dump()).includes(secret), "the secret itself must not be stored");
    assertEquals((await apiKeys.list(stranger)).length, 0);
    await assertRejects(() => apiKeys.delete(stranger, id), FreshetError, "no such API key");
    await apiKeys.delete(localPrincipal, id);
    assertEquals(await apiKeys.verify(secret), null);
  }));

Deno.test("a key without a scope is refused what needs it", () =>
  withKeys(async (apiKeys) => {
    const { secret } = await apiKeys.create(localPrincipal, "reader", ["models"]);
    const principal = await apiKeys.verify(secret);
    assert(principal);
    requireScope(principal, "models");
    assertEquals(assertThrows(() => requireScope(principal, "chat"), FreshetError).code, "forbidden");
    await assertRejects(() => apiKeys.create(principal, "more", ["admin"]), FreshetError);
  }));

Deno.test("with a token, only the token, a session or a key gets in", () =>
  withKeys(async (apiKeys) => {
    const member = { ...stranger, sessionId: "s" };
    const sessions = {
      cookieName: "freshet_1_session",
      verify: (secret: string) => Promise.resolve(secret === "good" ? member : null),
    };
    const authenticator = new Authenticator({ token: "s3cret", apiKeys, sessions });
    const { secret } = await apiKeys.create(localPrincipal, "editor", ["chat"]);
    const headers: [Record<string, string>, string | null][] = [
      [{}, null],
      [{ authorization: "Bearer wrong" }, null],
      [{ authorization: "Bearer s3cret" }, "local"],
      [{ "x-api-key": "s3cret" }, "local"],
      [{ authorization: "bearer  s3cret " }, "local"],
      [{ authorization: "Basic s3cret" }, null],
      [{ cookie: "a=b; freshet_session=good" }, "stranger"],
      [{ cookie: "freshet_1_session=good" }, "stranger"],
      [{ cookie: "freshet_session=bad; freshet_1_session=good" }, "stranger"],
      [{ cookie: "freshet_2_session=good" }, null],
      [{ cookie: "freshet_session=bad" }, null],
      [{ cookie: "freshet_session=%" }, null],
      [{ cookie: "freshet_session=" }, null],
      [{ cookie: "freshet_token=s3cret" }, null],
      [{ authorization: `Bearer ${secret}` }, "local"],
      [{ "x-api-key": secret }, "local"],
      [{ authorization: "Bearer placeholder", "x-api-key": secret }, "local"],
      [{ authorization: "Bearer placeholder", "x-api-key": "s3cret" }, "local"],
      [{ authorization: "Bearer s3cret", "x-api-key": "fsh_unknown" }, null],
      [{ authorization: "Bearer fsh_unknown" }, null],
      [{ authorization: "Bearer fsh_unknown", cookie: "freshet_session=good" }, null],
    ];
    for (const [given, profileId] of headers) {
      const result = authenticator.authenticate(new Headers(given), AT_MACHINE);
      if (profileId) assertEquals((await result).profileId, profileId);
      else assertEquals((await assertRejects(() => result, FreshetError)).code, "unauthorized");
    }
  }));

Deno.test("at the machine itself nobody has to log in, until the first profile has a password", () =>
  withKeys(async (apiKeys) => {
    let hasPassword = false;
    const authenticator = new Authenticator({
      token: undefined,
      apiKeys,
      sessions: { cookieName: "freshet_1_session", verify: () => Promise.resolve(null) },
      isGuarded: () => Promise.resolve(hasPassword),
    });
    const authenticate = (headers: Record<string, string> = {}) =>
      authenticator.authenticate(new Headers(headers), AT_MACHINE);
    assertEquals(await authenticate(), localPrincipal);
    // Who was logged out must not become the administrator by that.
    await assertRejects(
      () => authenticate({ cookie: "freshet_session=revoked" }),
      FreshetError,
      "not logged in",
    );
    hasPassword = true;
    await assertRejects(() => authenticate(), FreshetError, "a login");
    await assertRejects(() => authenticate({ authorization: "Bearer ollama" }), FreshetError, "a login");
  }));

Deno.test("a key has no scope that its maker lacks, nor one that its profile has lost", async () => {
  const store = await openStore({ folder: ":memory:" });
  let scopes: Principal["scopes"] | undefined = localPrincipal.scopes;
  const apiKeys = new ApiKeys(store, { scopesOf: () => Promise.resolve(scopes) });
  const member: Principal = { ...stranger, scopes: ROLE_SCOPES.member };
  await assertRejects(
    () => apiKeys.create(member, "more", ["chat", "admin"]),
    FreshetError,
    "administrators",
  );
  const { secret } = await apiKeys.create(stranger, "all", ["chat", "files", "admin"]);
  const held = async () => [...(await apiKeys.verify(secret))?.scopes ?? ["none"]];
  assertEquals(await held(), ["chat", "files", "account", "admin"]);
  scopes = ROLE_SCOPES.member;
  assertEquals(await held(), ["chat", "account"]);
  scopes = undefined;
  assertEquals(await held(), ["none"]);
  store.close();
});

Deno.test("without a token a client's placeholder key is none, a wrong key of ours is refused", () =>
  withKeys(async (apiKeys) => {
    const authenticator = new Authenticator({ token: undefined, apiKeys });
    assertEquals(
      await authenticator.authenticate(new Headers({ authorization: "Bearer ollama" }), AT_MACHINE),
      localPrincipal,
    );
    await assertRejects(
      () => authenticator.authenticate(new Headers({ "x-api-key": "fsh_x" }), AT_MACHINE),
      FreshetError,
    );
  }));

Deno.test("foreign hosts and origins are refused", () => {
  const options = { allowedHosts: ["freshet.lan"] };
  const check = (url: string, method: string, headers: Record<string, string> = {}) =>
    guardRequest(new Request(url, { method, headers }), options);
  check("http://127.0.0.1:13000/", "GET", { origin: "https://evil.example" });
  check("http://localhost:13000/api/chat", "POST");
  check("http://LOCALHOST:13000/", "GET");
  check("http://[::1]:13000/api/chat", "POST", {
    origin: "http://[::1]:13000",
    "sec-fetch-site": "same-origin",
  });
  check("http://freshet.lan:13000/api/chat", "POST", { origin: "http://freshet.lan:13000" });
  const refused: [string, string, Record<string, string>][] = [
    ["http://evil.example:13000/", "GET", {}],
    ["http://127.0.0.1.evil.example/", "GET", {}],
    ["http://localhost.evil.example/", "GET", {}],
    ["http://evil-localhost/", "GET", {}],
    ["http://localhost.:13000/", "GET", {}],
    ["http://[::ffff:7f00:1]:13000/", "GET", {}],
    ["http://localhost:13000/api/chat", "POST", { "sec-fetch-site": "same-site" }],
    ["http://localhost:13000/api/chat", "POST", { origin: "https://evil.example" }],
    ["http://localhost:13000/api/chat", "POST", { origin: "http://localhost:5173" }],
    ["http://localhost:13000/api/chat", "POST", { origin: "null" }],
    ["http://localhost:13000/api/chat", "DELETE", { "sec-fetch-site": "cross-site" }],
    ["http://localhost:13000/chat", "GET", { upgrade: "websocket", origin: "https://evil.example" }],
  ];
  for (const [url, method, headers] of refused) {
    assertEquals(assertThrows(() => check(url, method, headers), FreshetError).code, "forbidden");
  }
});

Deno.test("a key that is revoked while it is used is gone, and ends what was begun with it", async () => {
  const store = await openStore({ folder: ":memory:" });
  const revocations = new Revocations();
  const apiKeys = new ApiKeys(store, { revocations });
  const { secret, id } = await apiKeys.create(localPrincipal, "editor", ["chat"]);
  const other = await apiKeys.create(localPrincipal, "other", ["chat"]);
  const principal = { ...localPrincipal, type: "key" as const, keyId: id };
  const ended: string[] = [];
  revocations.on(principal, () => ended.push("stream"));
  revocations.on(principal, () => ended.push("called off"))();
  revocations.on({ ...principal, keyId: other.id }, () => ended.push("another key's"));
  revocations.on(localPrincipal, () => ended.push("the person's"));
  await Promise.all([apiKeys.verify(secret), apiKeys.delete(localPrincipal, id)]);
  assertEquals(ended, ["stream"]);
  // A request that was let in a moment before.
  revocations.on(principal, () => ended.push("late"));
  await Promise.resolve();
  assertEquals(ended, ["stream", "late"]);
  assertEquals((await apiKeys.list(localPrincipal)).map(({ name }) => name), ["other"]);
  store.close();
});

Deno.test("what was begun with a key ends when another process has revoked it", async () => {
  const store = await openStore({ folder: ":memory:" });
  const told: string[] = [];
  const revocations = new Revocations();
  const here = new ApiKeys(store, { revocations });
  const elsewhere = new ApiKeys(store, { onRevoke: (profileId) => told.push(profileId) });
  const [gone, kept] = [
    await here.create(localPrincipal, "gone", ["chat"]),
    await here.create(localPrincipal, "kept", ["chat"]),
  ];
  const ended: string[] = [];
  for (const { id, name } of [gone, kept]) {
    revocations.on({ ...localPrincipal, keyId: id }, () => ended.push(name));
  }
  await elsewhere.delete(localPrincipal, gone.id);
  await endRevokedElsewhere(store, revocations, "other");
  assertEquals([told, ended], [["local"], []]);
  await endRevokedElsewhere(store, revocations, "local");
  assertEquals(ended, ["gone"]);
  store.close();
});
