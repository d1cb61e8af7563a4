import { assertEquals, assertThrows } from "@std/assert";
import { ChunkedDecoder } from "./chunked_decoder.ts";
import { ConnectionError, ProtocolError } from "./errors.ts";
import { latin1 } from "./testing.ts";

/** What comes out when the text comes in such pieces. */
function decode(pieces: string[]): { data: string; isDone: boolean; hasSurplus: boolean } {
  const decoder = new ChunkedDecoder();
  let data = "";
  for (const piece of pieces) {
    // Offsets that are not 0, and bytes around that must not change.
    const bytes = latin1(`##${piece}##`);
    const count = decoder.decode(bytes, 2, bytes.length - 2);
    data += String.fromCharCode(...bytes.subarray(2, 2 + count));
    assertEquals([...bytes.subarray(0, 2), ...bytes.subarray(-2)], [35, 35, 35, 35]);
  }
  return { data, isDone: decoder.isDone, hasSurplus: decoder.hasSurplus };
}

const RIGHT: [text: string, data: string][] = [
  ["0\r\n\r\n", ""],
  ["5\r\nhello\r\n0\r\n\r\n", "hello"],
  ["00a\r\n0123456789\r\nA\r\n\r\n0\r\n\r\n\r\nX\r\n0\r\n\r\n", "0123456789\r\n0\r\n\r\n\r\nX"],
  ['2;a;b=c;d="\\"e;f"\r\n\xff\0\r\n0;last\r\n\r\n', "\xff\0"],
  ["1\r\na\r\n0\r\nX-T: 1\r\nEmpty:\r\n\r\n", "a"],
  [`1\r\na\r\n${"0".repeat(16)}\r\n\r\n`, "a"],
];

Deno.test("chunks are decoded however they are cut", () => {
  for (const [text, data] of RIGHT) {
    const expected = { data, isDone: true, hasSurplus: false };
    for (let at = 0; at <= text.length; at++) {
      assertEquals(decode([text.slice(0, at), text.slice(at)]), expected, `${JSON.stringify(text)} at ${at}`);
    }
    assertEquals(decode([...text]), expected);
    assertEquals(decode([`${text}x`]), { ...expected, hasSurplus: true });
  }
});

Deno.test("a body without its last chunk is never whole", () => {
  for (const [text] of RIGHT) {
    for (let at = 0; at < text.length; at++) {
      assertEquals(decode([text.slice(0, at)]).isDone, false, `${JSON.stringify(text)} at ${at}`);
    }
  }
  assertThrows(() => new ChunkedDecoder().close(), ConnectionError, "unexpected EOF");
});

Deno.test("malformed chunks are refused, however they are cut", () => {
  const wrong = [
    "\r\n",
    ";a\r\n",
    "+5\r\nhello",
    "-5\r\n",
    "0x5\r\nhello",
    " 5\r\nhello",
    "5 \r\nhello",
    "5\t\r\nhello",
    "5\nhello",
    "5\r\r\n",
    "5\r\nhelloX",
    "5\r\nhello\n",
    "5\r\nhello\rX",
    "g\r\n",
    "20000000000000\r\n",
    "ffffffffffffffff\r\n",
    `${"0".repeat(17)}\r\n`,
    "5;\r\nhello",
    "5; a\r\nhello",
    "5;a=\r\nhello",
    '5;a="b\r\nhello',
    "5;a\nhello",
    "5;a\0\r\n",
    `5;${"a".repeat(16 * 1024)}\r\n`,
    "0\r\nno colon\r\n",
    "0\r\n folded: a\r\n",
    "0\r\n: a\r\n",
    "0\r\nA: b\0\r\n",
    "0\r\nA: b\n",
    "0\r\n\n",
    "0\r\n\rX",
    `0\r\nA: ${"b".repeat(16 * 1024)}\r\n`,
  ];
  for (const text of wrong) {
    assertThrows(() => decode([text]), ProtocolError, "Cannot parse");
    assertThrows(() => decode([...text]), ProtocolError, "Cannot parse");
  }
  assertEquals(decode(["1fffffffffffff\r\nab"]).data, "ab");
});
