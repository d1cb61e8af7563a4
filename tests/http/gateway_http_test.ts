import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import OpenAI from "openai";
import { type Script } from "../../lib/gateway/testing.ts";
import { type Served, untilIdle, untilRunning, withServer } from "./gateway_models.ts";

const messages = [{ role: "user" as const, content: "Hello" }];

function post({ url, key }: Served, body: BodyInit): Promise<Response> {
  return fetch(`${url}/chat/completions`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body,
  });
}

Deno.test("20 MB and malformed JSON get a clear error, declared or in chunks", () =>
  withServer(async (served) => {
    const large = JSON.stringify({
      model: "org/plain",
      messages: [{ role: "user", content: "x".repeat(20_000_000) }],
    });
    for (const body of [large, new Blob([large]).stream()]) {
      const response = await post(served, body);
      const { error } = await response.json();
      assertEquals([response.status, error.code], [413, "payload_too_large"]);
      assertEquals(error.message, "The body has to be smaller than 20 MB");
    }
    const malformed = await post(served, "{");
    assertEquals(malformed.status, 400);
    assertStringIncludes((await malformed.json()).error.message, "Cannot parse the body as JSON");
    assertEquals(served.provider.requests.length, 0);
  }));

Deno.test("a large prompt below the limit arrives whole", () =>
  withServer(async (served) => {
    const content = "x".repeat(5_000_000);
    const response = await post(
      served,
      JSON.stringify({ model: "org/plain", messages: [{ role: "user", content }] }),
    );
    assertEquals(response.status, 200);
    await response.body?.cancel();
    const [part] = served.provider.requests[0]?.messages[0]?.content ?? [];
    assert(part?.type === "text");
    assertEquals(part.text.length, 5_000_000);
  }));

Deno.test("a connection that is cut in mid-stream ends the upstream request within a second", () =>
  withServer(async ({ url, key, provider }) => {
    const { hostname, port } = new URL(url);
    const connection = await Deno.connect({ hostname, port: Number(port) });
    const body = JSON.stringify({ model: "org/hanging", messages, stream: true });
    const head =
      `POST /v1/chat/completions HTTP/1.1\r\nhost: ${hostname}:${port}\r\nauthorization: Bearer ${key}\r\n` +
      `content-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    await connection.write(new TextEncoder().encode(head + body));
    await untilRunning(provider);
    const buffer = new Uint8Array(65_536);
    let text = "";
    while (!text.includes("Hal")) {
      text += new TextDecoder().decode(buffer.subarray(0, await connection.read(buffer) ?? 0));
    }
    connection.close();
    await untilIdle(provider);
  }));

Deno.test("keep-alive comments reach the client between the chunks, and its parser skips them", () => {
  const slow: Script = async function* () {
    for (const text of ["a", "b", "c"]) {
      await new Promise((resolve) => setTimeout(resolve, 120));
      yield { type: "text", text };
    }
    yield { type: "finish", reason: "stop" };
  };
  return withServer(async ({ url, key, provider }) => {
    provider.scripts = { ...provider.scripts, "org/plain": slow };
    let raw = Promise.resolve("");
    const client = new OpenAI({
      baseURL: url,
      apiKey: key,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        const [left, right] = response.body?.tee() ?? [];
        raw = new Response(left ?? null).text();
        return new Response(right ?? null, response);
      },
    });
    const stream = await client.chat.completions.create({ model: "org/plain", messages, stream: true });
    const chunks = await Array.fromAsync(stream);
    assertEquals(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join(""), "abc");
    const text = await raw;
    assertStringIncludes(text, "\n\n: keep-alive\n");
    assertFalse(text.includes(": keep-alive\n\n"), "no empty event after a comment");
  }, { keepAliveMs: 30, firstEventHoldMs: 20 });
});

Deno.test("streams at the same time do not mix", () => {
  const echo: Script = async function* ({ messages }) {
    const [part] = messages[0]?.content ?? [];
    for (let i = 0; i < 20; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      yield { type: "text", text: part?.type === "text" ? part.text : "" };
    }
    yield { type: "finish", reason: "stop" };
  };
  return withServer(async ({ url, key, provider }) => {
    provider.scripts = { ...provider.scripts, "org/plain": echo };
    const client = new OpenAI({ baseURL: url, apiKey: key, maxRetries: 0 });
    await Promise.all(Array.from({ length: 40 }, async (_, i) => {
      const said = `<${i}>`;
      const request = { model: "org/plain", messages: [{ role: "user" as const, content: said }] };
      const chunks = await Array.fromAsync(
        await client.chat.completions.create({ ...request, stream: true }),
      );
      assertEquals(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join(""), said.repeat(20));
    }));
  });
});
