import { assertEquals } from "@std/assert";
import { encodeSse, type ServerSentEvent, SseParser } from "./sse.ts";

const encoder = new TextEncoder();

function parse(...chunks: (string | Uint8Array)[]): ServerSentEvent[] {
  const parser = new SseParser();
  return chunks.flatMap((chunk) => parser.push(typeof chunk === "string" ? encoder.encode(chunk) : chunk));
}

Deno.test("encodeSse writes every field", () => {
  const text = encodeSse({ id: "r1.7", event: "text", data: "one\ntwo", retry: 1000 });
  assertEquals(text, "retry: 1000\nid: r1.7\nevent: text\ndata: one\ndata: two\n\n");
});

Deno.test("encodeSse ends a comment with a single newline and keeps it on one line", () => {
  assertEquals(encodeSse({ comment: "keep\r\nalive" }), ": keep alive\n");
  assertEquals(encodeSse({ comment: "queued", data: "x" }), ": queued\ndata: x\n\n");
});

Deno.test("encodeSse writes empty data", () => {
  assertEquals(encodeSse({ data: "" }), "data: \n\n");
});

Deno.test("SseParser reads what encodeSse writes", () => {
  const events: ServerSentEvent[] = [
    { data: "plain" },
    { id: "a.1", event: "text", data: '{"text":"ä\\n€ 👩🏽‍🚀"}' },
    { data: "" },
    { data: " two\nlines\n" },
    { retry: 500, data: "x" },
  ];
  assertEquals(parse(events.map(encodeSse).join("")), events);
});

Deno.test("SseParser reads the same wherever the bytes are cut", () => {
  const text = "\uFEFFid: 1\r\ndata: Grüße 👩🏽‍🚀\r\n\r\n: comment\n\nevent: e\rdata: a\rdata: b\r\rdata: c\n\n";
  const bytes = encoder.encode(text);
  const whole = parse(bytes);
  assertEquals(whole, [{ id: "1", data: "Grüße 👩🏽‍🚀" }, { event: "e", data: "a\nb" }, { data: "c" }]);
  for (let at = 0; at <= bytes.length; at++) {
    assertEquals(parse(bytes.slice(0, at), bytes.slice(at)), whole, `cut at byte ${at}`);
  }
  assertEquals(parse(...Array.from(bytes, (byte) => Uint8Array.of(byte))), whole, "byte by byte");
});

Deno.test("SseParser follows the standard's rules for fields", () => {
  assertEquals(parse("data\n\n"), [{ data: "" }], "a line without a colon is a field without a value");
  assertEquals(parse("data:  x\n\n"), [{ data: " x" }], "one space goes");
  assertEquals(parse("data:a:b\n\n"), [{ data: "a:b" }]);
  assertEquals(parse("event: e\n\n"), [], "an event without data is not dispatched");
  assertEquals(parse("event: e\n\ndata: x\n\n"), [{ data: "x" }], "and leaves nothing behind");
  assertEquals(parse("unknown: x\nretry: soon\nid: a\0b\ndata: x\n\n"), [{ data: "x" }]);
  assertEquals(parse("data: x"), [], "an unfinished event is not dispatched");
  assertEquals(parse("data: x\n"), []);
});

Deno.test("SseParser keeps the last id for a reconnect", () => {
  const parser = new SseParser();
  parser.push(encoder.encode("id: 1\ndata: a\n\ndata: b\n\n"));
  assertEquals(parser.lastEventId, "1");
  parser.push(encoder.encode("id\ndata: c\n\n"));
  assertEquals(parser.lastEventId, "");
});
