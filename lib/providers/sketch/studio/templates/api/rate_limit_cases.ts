import assert from "node:assert/strict";
import { Hono } from "hono";
import { answerError } from "./errors.ts";
import { rateLimit } from "./rate_limit.ts";

Deno.test("a client that asks too often has to wait until the window is over", async () => {
  let time = 0;
  const app = new Hono();
  app.onError(answerError);
  app.use(rateLimit({ requests: 2, windowMs: 1_000 }, () => time));
  app.get("/", (c) => c.text("ok"));
  assert.equal((await app.request("/")).status, 200);
  assert.equal((await app.request("/")).headers.get("ratelimit-remaining"), "0");
  const refused = await app.request("/");
  assert.equal(refused.status, 429);
  assert.equal(refused.headers.get("retry-after"), "1");
  time = 1_000;
  assert.equal((await app.request("/")).status, 200);
});
