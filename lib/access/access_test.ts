import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { FreshetError } from "../shared/mod.ts";
import { openStore } from "../store/mod.ts";
import { ApiKeys, Authenticator, guardRequest, localPrincipal, type Principal, requireScope } from "./mod.ts";

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

Deno.test("with a token, only the token, its cookie or a key gets in", () =>
  withKeys(async (apiKeys) => {
    const authenticator = new Authenticator({ token: "s3cret", apiKeys });
    const { secret } = await apiKeys.create(localPrincipal, "editor", ["chat"]);
    const headers: [Record<string, string>, boolean][] = [
      [{}, false],
      [{ authorization: "Bearer wrong" }, false],
      [{ authorization: "Bearer s3cret" }, true],
      [{ "x-api-key": "s3cret" }, true],
      [{ cookie: "a=b; freshet_token=s3cret" }, true],
      [{ cookie: "freshet_token=s3cre" }, false],
      [{ authorization: `Bearer ${secret}` }, true],
      [{ "x-api-key": secret }, true],
      [{ authorization: "Bearer fsh_unknown" }, false],
      [{ authorization: "Bearer fsh_unknown", cookie: "freshet_token=s3cret" }, false],
    ];
    for (const [given, allowed] of headers) {
      const result = authenticator.authenticate(new Headers(given));
      if (allowed) await result;
      else assertEquals((await assertRejects(() => result, FreshetError)).code, "unauthorized");
    }
  }));

Deno.test("without a token a client's placeholder key is none, a wrong key of ours is refused", () =>
  withKeys(async (apiKeys) => {
    const authenticator = new Authenticator({ token: undefined, apiKeys });
    assertEquals(
      await authenticator.authenticate(new Headers({ authorization: "Bearer ollama" })),
      localPrincipal,
    );
    await assertRejects(
      () => authenticator.authenticate(new Headers({ "x-api-key": "fsh_x" })),
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

Deno.test("a cookie that is not well formed is no token and no failure", () =>
  withKeys(async (apiKeys) => {
    const authenticator = new Authenticator({ token: "s3cret", apiKeys });
    const result = authenticator.authenticate(new Headers({ cookie: "freshet_token=%" }));
    assertEquals((await assertRejects(() => result, FreshetError)).code, "unauthorized");
  }));

Deno.test("a key that is revoked while it is used is gone, and ends what was begun with it", () =>
  withKeys(async (apiKeys) => {
    const { secret, id } = await apiKeys.create(localPrincipal, "editor", ["chat"]);
    const other = await apiKeys.create(localPrincipal, "other", ["chat"]);
    const principal = { ...localPrincipal, type: "key" as const, keyId: id };
    const ended: string[] = [];
    apiKeys.onRevoked(principal, () => ended.push("stream"));
    apiKeys.onRevoked(principal, () => ended.push("called off"))();
    apiKeys.onRevoked({ ...principal, keyId: other.id }, () => ended.push("another key's"));
    apiKeys.onRevoked(localPrincipal, () => ended.push("the person's"));
    await Promise.all([apiKeys.verify(secret), apiKeys.delete(localPrincipal, id)]);
    assertEquals(ended, ["stream"]);
    assertEquals((await apiKeys.list(localPrincipal)).map(({ name }) => name), ["other"]);
  }));

Deno.test("what was begun with a key ends when another process has revoked it", async () => {
  const store = await openStore({ folder: ":memory:" });
  const told: string[] = [];
  const [here, elsewhere] = [new ApiKeys(store), new ApiKeys(store, (profileId) => told.push(profileId))];
  const [gone, kept] = [
    await here.create(localPrincipal, "gone", ["chat"]),
    await here.create(localPrincipal, "kept", ["chat"]),
  ];
  const ended: string[] = [];
  for (const { id, name } of [gone, kept]) {
    here.onRevoked({ ...localPrincipal, type: "key", keyId: id }, () => ended.push(name));
  }
  await elsewhere.delete(localPrincipal, gone.id);
  await here.revokedElsewhere("other");
  assertEquals([told, ended], [["local"], []]);
  await here.revokedElsewhere("local");
  assertEquals(ended, ["gone"]);
  store.close();
});
