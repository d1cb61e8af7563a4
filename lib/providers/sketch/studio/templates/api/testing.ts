import { createApp } from "./app.ts";

/** Sends requests to an app of its own, as JSON. */
export interface TestClient {
  send(method: string, path: string, body?: unknown): Promise<Response>;
}

// #if !auth
//: /** A client with an empty app. */
//: export function testClient(): TestClient {
// #end
// #if auth
/** A client with an empty app, logged in. */
export async function testClient(): Promise<TestClient> {
  // #end
  const app = createApp();
  const headers: Record<string, string> = { "content-type": "application/json" };
  const send = async (method: string, path: string, body?: unknown) =>
    await app.request(path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  // #if auth
  const credentials = { email: "test@example.com", password: "a long test password" };
  await send("POST", "/auth/register", credentials);
  const { token } = await (await send("POST", "/auth/login", credentials)).json();
  headers.authorization = `Bearer ${token}`;
  // #end
  return { send };
}
