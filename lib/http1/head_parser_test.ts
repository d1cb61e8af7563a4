import { assertEquals, assertThrows } from "@std/assert";
import { ProtocolError } from "./errors.ts";
import { type BodyLength, framingOf } from "./framing.ts";
import { parseHead } from "./head_parser.ts";
import { latin1 } from "./testing.ts";

function parse(...lines: string[]) {
  return parseHead(latin1(`${lines.join("\r\n")}\r\n\r\n`));
}

function framing(...fields: string[]) {
  return framingOf(parse("HTTP/1.1 200 OK", ...fields), "GET");
}

Deno.test("a head is parsed into its parts, byte for byte", () => {
  assertEquals(
    parse("HTTP/1.1 404 Not  Found\xe9", "X-A:b", "x-b: \t\xa0c d\xff \t", "Empty:", "A: 1", "A: 2"),
    {
      minor: 1,
      status: 404,
      statusText: "Not  Found\xe9",
      fields: [["X-A", "b"], ["x-b", "\xa0c d\xff"], ["Empty", ""], ["A", "1"], ["A", "2"]],
    },
  );
  assertEquals(parse("HTTP/1.0 200"), { minor: 0, status: 200, statusText: "", fields: [] });
});

Deno.test("malformed heads are refused", () => {
  const wrong = [
    ["HTTP/1.1 99 Low"],
    ["HTTP/1.1 600 High"],
    ["HTTP/1.1  200 OK"],
    ["HTTP/1.2 200 OK"],
    ["HTTP/1.1 200 \x01"],
    ["HTTP/1.1 200 OK", " folded: a"],
    ["HTTP/1.1 200 OK", "A: b", "\tfolded"],
    ["HTTP/1.1 200 OK", "A : b"],
    ["HTTP/1.1 200 OK", ": b"],
    ["HTTP/1.1 200 OK", "no colon"],
    ["HTTP/1.1 200 OK", "A: b\0"],
    ["HTTP/1.1 200 OK", "A: b\rc"],
    ["HTTP/1.1 200 OK", "A: b\x7f"],
    ["HTTP/1.1 200 OK", "Ä: b"],
    ["HTTP/1.1 200 OK", "Content-Length: 1\t"],
    ["HTTP/1.1 200 OK", ...Array.from({ length: 201 }, () => "A: b")],
  ];
  for (const lines of wrong) assertThrows(() => parse(...lines), ProtocolError, "Cannot parse");
  assertEquals(parse("HTTP/1.1 200 OK", ...Array.from({ length: 200 }, () => "A: b")).fields.length, 200);
});

Deno.test("the end of a body is found by one field, or it is refused", () => {
  assertEquals(framing("Content-Length: 007").length, { type: "fixed", bytes: 7 });
  assertEquals(framing("Transfer-Encoding: CHUNKED").length, { type: "chunked" });
  assertEquals(framing().length, { type: "until-close" });
  assertEquals(framing(`Content-Length: ${Number.MAX_SAFE_INTEGER}`).length.type, "fixed");
  const wrong = [
    ["Content-Length: 5", "Transfer-Encoding: chunked"],
    ["Content-Length: 5", "Content-Length: 6"],
    ["Content-Length: 5", "Content-Length: 5"],
    ["Content-Length: 5, 5"],
    ["Content-Length: +5"],
    ["Content-Length: -5"],
    ["Content-Length: 0x5"],
    ["Content-Length: 5 5"],
    ["Content-Length:"],
    [`Content-Length: ${Number.MAX_SAFE_INTEGER + 1}`],
    ["Content-Length: 00000000000000005"],
    ["Transfer-Encoding: gzip, chunked"],
    ["Transfer-Encoding: chunked, chunked"],
    ["Transfer-Encoding: chunked", "Transfer-Encoding: chunked"],
    ["Transfer-Encoding: identity"],
    ["Transfer-Encoding:"],
    ["Transfer-Encoding: \x0bchunked"],
  ];
  for (const fields of wrong) assertThrows(() => framing(...fields), ProtocolError);
  const old = parse("HTTP/1.0 200 OK", "Transfer-Encoding: chunked");
  assertThrows(() => framingOf(old, "GET"), ProtocolError, "HTTP/1.0");
});

Deno.test("responses without a body end with their head, whatever their fields say", () => {
  const none: BodyLength = { type: "fixed", bytes: 0 };
  assertEquals(framingOf(parse("HTTP/1.1 304 X", "Content-Length: 5"), "GET"), {
    length: none,
    isPersistent: true,
    keepAliveMs: undefined,
  });
  const head = framingOf(parse("HTTP/1.1 200 OK", "Transfer-Encoding: chunked"), "HEAD");
  assertEquals([head.length, head.isPersistent], [none, true]);
  assertEquals(framingOf(parse("HTTP/1.1 204 X"), "POST").isPersistent, true);
  assertEquals(framingOf(parse("HTTP/1.1 204 X", "Content-Length: 0"), "POST").isPersistent, true);
  // The body that it says it has would be read as the next response.
  const contradiction = framingOf(parse("HTTP/1.1 204 X", "Content-Length: 5"), "POST");
  assertEquals([contradiction.length, contradiction.isPersistent], [none, false]);
});

Deno.test("a connection is kept as its version and options say", () => {
  const kept = (line: string, ...fields: string[]) =>
    framingOf(parse(line, "Content-Length: 0", ...fields), "GET").isPersistent;
  assertEquals(kept("HTTP/1.1 200 OK"), true);
  assertEquals(kept("HTTP/1.1 200 OK", "Connection: x, Close"), false);
  assertEquals(kept("HTTP/1.1 200 OK", "Connection: keep-alive", "Connection: close"), false);
  assertEquals(kept("HTTP/1.0 200 OK"), false);
  assertEquals(kept("HTTP/1.0 200 OK", "Connection: Keep-Alive"), true);
  assertEquals(kept("HTTP/1.0 200 OK", "Connection: keep-alive, close"), false);
  assertEquals(framing().isPersistent, false);
  assertEquals(framing("Keep-Alive: timeout=5, max=100").keepAliveMs, 5_000);
  assertEquals(framing('Keep-Alive: max=100, Timeout="7"').keepAliveMs, 7_000);
  assertEquals(framing("Keep-Alive: xtimeout=5").keepAliveMs, undefined);
});
