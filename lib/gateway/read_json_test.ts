import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { FreshetError } from "../shared/mod.ts";
import { readJson } from "./read_json.ts";

function post(body: BodyInit | null, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost/", {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
  });
}

async function failure(request: Request, maxBytes = 1000): Promise<FreshetError> {
  return await assertRejects(() => readJson(request, maxBytes), FreshetError);
}

Deno.test("JSON is read, cut inside a character too", async () => {
  const bytes = new TextEncoder().encode('{"a":"größer 🦙"}');
  const body = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  assertEquals(await readJson(post(body), 1000), { a: "größer 🦙" });
});

Deno.test("what is no JSON gets the parser's reason", async () => {
  const error = await failure(post('{"a":'));
  assertEquals(error.code, "invalid_request");
  assertStringIncludes(error.message, "Cannot parse the body as JSON: Unexpected end");
  assertStringIncludes((await failure(post(" "))).message, "it is empty");
  assertStringIncludes((await failure(post(null))).message, "it is empty");
  assertStringIncludes((await failure(post(Uint8Array.of(34, 255, 34)))).message, "not UTF-8");
});

Deno.test("a body is refused by its declared size before it is read", async () => {
  let pulls = 0;
  const body = new ReadableStream({
    pull(controller) {
      pulls++;
      controller.enqueue(new Uint8Array(10));
    },
  }, { highWaterMark: 0 });
  assertEquals((await failure(post(body, { "content-length": "1000" }))).code, "payload_too_large");
  assertEquals(pulls, 0);
  await body.cancel();
});

Deno.test("a body without a declared size is refused as soon as it is too large", async () => {
  let pulls = 0;
  let cancelled = false;
  const body = new ReadableStream({
    pull(controller) {
      pulls++;
      controller.enqueue(new Uint8Array(100).fill(32));
    },
    cancel() {
      cancelled = true;
    },
  }, { highWaterMark: 0 });
  assertEquals((await failure(post(body))).code, "payload_too_large");
  assertEquals([pulls, cancelled], [10, true]);
});

Deno.test("20 MB is worded as such", async () => {
  const error = await failure(post("{}", { "content-length": "20000000" }), 20_000_000);
  assertEquals(error.message, "The body has to be smaller than 20 MB");
});

Deno.test("only JSON that is not compressed is taken", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
    assertEquals((await failure(post("{}", { "content-type": type }))).code, "unsupported_media");
  }
  assertEquals((await failure(post("{}", { "content-encoding": "gzip" }))).code, "unsupported_media");
  for (const type of ["application/json; charset=utf-8", "application/vnd.api+json", "APPLICATION/JSON"]) {
    assertEquals(await readJson(post("{}", { "content-type": type }), 1000), {});
  }
});
