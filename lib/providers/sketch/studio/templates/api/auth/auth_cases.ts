import assert from "node:assert/strict";
import { createApp } from "../app.ts";

const credentials = { email: "ada@example.com", password: "correct horse battery" };

function post(app: ReturnType<typeof createApp>, path: string, body: unknown, token = "") {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  return app.request(path, { method: "POST", headers, body: JSON.stringify(body) });
}

Deno.test("one registers, logs in, is known and logs out", async () => {
  const app = createApp();
  assert.equal((await post(app, "/auth/register", credentials)).status, 201);
  const login = await post(app, "/auth/login", credentials);
  const { token } = await login.json();
  const headers = { authorization: `Bearer ${token}` };
  const me = await app.request("/auth/me", { headers });
  assert.equal((await me.json()).email, credentials.email);
  assert.equal((await post(app, "/auth/logout", {}, token)).status, 204);
  assert.equal((await app.request("/auth/me", { headers })).status, 401);
});

Deno.test("an address can have one account only", async () => {
  const app = createApp();
  await post(app, "/auth/register", credentials);
  assert.equal((await post(app, "/auth/register", credentials)).status, 409);
});

Deno.test("weak passwords and wrong logins are refused", async () => {
  const app = createApp();
  assert.equal((await post(app, "/auth/register", { ...credentials, password: "short" })).status, 422);
  await post(app, "/auth/register", credentials);
  assert.equal((await post(app, "/auth/login", { ...credentials, password: "wrong password" })).status, 401);
});

// #each-first
Deno.test("without a token nothing is shown", async () => {
  const response = await createApp().request("/widgets");
  assert.equal(response.status, 401);
  assert.equal((await response.json()).error.code, "unauthorized");
});
// #end
