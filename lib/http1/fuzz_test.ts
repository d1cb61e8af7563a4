import { assert, assertEquals, assertGreater } from "@std/assert";
import http from "node:http";
import { seededRandom } from "../../tests/random.ts";
import { Connection } from "./connection.ts";
import { exchange } from "./exchange.ts";
import { latin1, RawServer, ScriptedSocket } from "./testing.ts";

/** What a client made of the bytes of a response. */
interface Outcome {
  status: number;
  statusText: string;
  headers: string[];
  body: string;
}

const CASES = Number(Deno.env.get("FRESHET_FUZZ_CASES") ?? 1_000);
const SEED = Number(Deno.env.get("FRESHET_FUZZ_SEED") ?? 1);

type Random = () => number;

function pick<T>(random: Random, values: readonly T[]): T {
  const value = values[Math.floor(random() * values.length)];
  assert(value !== undefined);
  return value;
}

const FIELDS = [
  "Content-Type: text/event-stream",
  "X-A:b",
  "X-Empty:",
  "X-Tabs:\t a \t b \t",
  "X-Latin: \xe9\xa0",
  "Set-Cookie: a=b",
  "Connection: close",
  "Connection: keep-alive",
  "Keep-Alive: timeout=5",
  "Upgrade: h2c",
  "Trailer: X-T",
  "Date: Thu, 01 Jan 1970 00:00:00 GMT",
  "Content-Length: 4",
  "Content-Length: 0",
  "Content-Length: +4",
  "Content-Length: 4, 4",
  "Content-Length: 99999999999999999999",
  "Content-Length:",
  "Transfer-Encoding: chunked",
  "Transfer-Encoding: gzip, chunked",
  "Transfer-Encoding: identity",
  "Transfer-Encoding: chunked, chunked",
  "Transfer-Encoding: Chunked",
  " folded",
  "\tfolded: too",
  "no colon",
  "X-Space : a",
  ": no name",
  "X-Nul: a\0b",
  "X-Cr: a\rb",
  "X-Lf: a\nb",
  "X(bad): a",
];
/** Those that every response may have. */
const PLAIN_FIELDS = FIELDS.slice(0, 12);
const MARKS = [
  "\r",
  "\n",
  "\r\n",
  " ",
  "\t",
  ":",
  ";",
  "\0",
  "0",
  "-",
  "+",
  "f",
  "G",
  "\x7f",
  "\xff",
  "\r\n\r\n",
];
const INFORMATIONAL = ["HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\n"];
const VERSIONS = ["HTTP/1.0", "HTTP/2.0", "HTTP/1.2", "http/1.1", "HTTP/1.10"];
const STATUSES = ["200", "200", "404", "500", "204", "304", "301"];
const ODD_STATUSES = ["99", "600", "2000", "20x", "-20", "000", "999", "101"];
const REASONS = [" OK", " ", "", " Not  Found", " \xe9", "  two"];
const BODY_PARTS = ["a", "\n", "data: ", "\xff", "0\r\n\r\n"];
const EXTENSIONS = [";a", ";a=b", ';a="b c"', ';a="\\""', " ", ";", ";a;b=c", "; a = b", ";\x01"];
const TRAILERS = ["X-T: a\r\n", "X-T:\r\nX-U: b\r\n", " fold\r\n", "bad\r\n", "X: a\0\r\n"];

/** A response that is right, or nearly so. */
function response(random: Random): string {
  let text = "";
  while (random() < 0.1) text += pick(random, INFORMATIONAL);
  const version = random() < 0.85 ? "HTTP/1.1" : pick(random, VERSIONS);
  const status = pick(random, random() < 0.8 ? STATUSES : ODD_STATUSES);
  text += `${version} ${status}${pick(random, REASONS)}\r\n`;
  while (random() < 0.6) text += `${pick(random, random() < 0.85 ? PLAIN_FIELDS : FIELDS)}\r\n`;
  const body = Array.from({ length: Math.floor(random() * 40) }, () => pick(random, BODY_PARTS)).join("");
  const kind = random();
  if (kind < 0.5) return `${text}Transfer-Encoding: chunked\r\n\r\n${chunked(random, body)}`;
  if (kind < 0.85) text += `Content-Length: ${body.length}\r\n`;
  return `${text}\r\n${body}${random() < 0.1 ? "surplus" : ""}`;
}

function chunked(random: Random, body: string): string {
  let text = "";
  for (let at = 0; at < body.length;) {
    const piece = body.slice(at, at + 1 + Math.floor(random() * 12));
    const digits = piece.length.toString(16);
    const size = random() < 0.5 ? digits : digits.toUpperCase().padStart(4, "0");
    text += `${size}${random() < 0.85 ? "" : pick(random, EXTENSIONS)}\r\n${piece}\r\n`;
    at += piece.length;
  }
  const trailer = random() < 0.8 ? "" : pick(random, TRAILERS);
  return `${text}${pick(random, ["0", "0", "0", "000", "0;a=b"])}\r\n${trailer}\r\n`;
}

function mutated(random: Random, response: string): string {
  let text = response;
  while (random() < 0.4) text = mutate(random, text);
  return text;
}

function mutate(random: Random, text: string): string {
  const at = Math.floor(random() * text.length);
  switch (Math.floor(random() * 5)) {
    case 0:
      return text.slice(0, at) + text.slice(at + 1);
    case 1:
      return text.slice(0, at) + pick(random, MARKS) + text.slice(at);
    case 2:
      return text.slice(0, at) + pick(random, MARKS) + text.slice(at + 1);
    case 3:
      return text.slice(0, at);
    default:
      return text.slice(0, at) + text.slice(Math.floor(random() * at), at) + text.slice(at);
  }
}

/** What ours makes of it when it comes in such pieces, and how many bytes it left. */
async function ours(
  pieces: Uint8Array[],
  random: Random,
): Promise<{ outcome: Outcome | Error; left: number }> {
  const socket = new ScriptedSocket(pieces);
  const connection = new Connection(socket, () => {});
  const outgoing = { method: "GET", head: new Uint8Array(1), payload: undefined };
  try {
    const { status, statusText, fields, body } = await exchange(connection, outgoing, undefined, () => {});
    const buffer = new Uint8Array(1 + Math.floor(random() * 50));
    let text = "";
    for (let count = await body.read(buffer); count !== null; count = await body.read(buffer)) {
      text += String.fromCharCode(...buffer.subarray(0, count));
    }
    return { outcome: { status, statusText, headers: fields.flat(), body: text }, left: socket.left };
  } catch (error) {
    assert(error instanceof TypeError, `not a TypeError: ${error}`);
    assert(socket.isClosed, "the socket of a failed response is open");
    return { outcome: error, left: socket.left };
  }
}

/** What llhttp makes of it. */
function theirs(url: string): Promise<Outcome | Error> {
  return new Promise((resolve) => {
    const request = http.request(url, { agent: false }, (response) => {
      let body = "";
      response.setEncoding("latin1");
      response.on("data", (piece: string) => body += piece);
      response.on("error", resolve);
      response.on("end", () => {
        const { statusCode = 0, statusMessage = "", rawHeaders, complete } = response;
        if (!complete) return resolve(new Error("not complete"));
        resolve({ status: statusCode, statusText: statusMessage, headers: rawHeaders, body });
      });
    });
    request.on("upgrade", (_response, socket) => {
      socket.destroy();
      resolve(new Error("an upgrade"));
    });
    request.on("error", resolve);
    request.end();
  });
}

function piecesOf(bytes: Uint8Array, random: Random): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = 1 + Math.floor(random() * random() * 100);
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

/** All that ours refuses and llhttp takes, by what our error says. */
const STRICTER = [
  // No line breaks before a head, no protocol but HTTP/1.
  /^Cannot parse head: this is not HTTP\/1$/,
  // No status without a meaning, no control characters in the reason.
  /^Cannot parse status line: "HTTP\/1\.[01] (0|[6-9]|.*(\\[a-z]|\x7f))/,
  /^Cannot read response: Transfer-Encoding in HTTP\/1\.0$/,
  /^Cannot parse header field: a tab in "/,
  // Each extension has a name.
  /^Cannot parse chunk: its extensions are malformed$/,
  // Nothing but one "chunked": llhttp reads "gzip, chunked" and leaves the rest to its caller.
  /^Cannot read response: transfer coding (?!"chunked")/i,
];

/** Our outcome for these bytes, the same however they are cut, and the bytes that belong to the response. */
async function understood(bytes: Uint8Array, random: Random): Promise<[Outcome | Error, Uint8Array]> {
  const { outcome, left } = await ours(Array.from(bytes, (byte) => Uint8Array.of(byte)), random);
  const { outcome: again } = await ours(piecesOf(bytes, random), random);
  if (outcome instanceof Error) assertEquals(String(again), String(outcome));
  else assertEquals(again, outcome);
  return [outcome, outcome instanceof Error ? bytes : bytes.subarray(0, bytes.length - left)];
}

Deno.test("what a server may send is understood as llhttp understands it, or refused", async () => {
  const random = seededRandom(SEED);
  let bytes: Uint8Array = new Uint8Array();
  await using server = new RawServer(async (connection) => {
    await connection.request();
    await connection.send(bytes);
  });
  const seen = { same: 0, refused: 0, stricter: 0 };
  for (let i = 0; i < CASES; i++) {
    const text = mutated(random, response(random));
    // What follows a response is the next one for llhttp; we close the connection.
    const [outcome, taken] = await understood(latin1(text), random);
    bytes = taken;
    const judged = await theirs(server.url);
    const message = `${JSON.stringify(text)}: ${outcome}, llhttp: ${judged}`;
    if (!(outcome instanceof Error)) {
      assertEquals(judged, outcome, message);
      seen.same++;
    } else if (judged instanceof Error) seen.refused++;
    else {
      assert(STRICTER.some((pattern) => pattern.test(outcome.message)), message);
      seen.stricter++;
    }
  }
  // The generator is worth something only as long as it hits all of these.
  assertGreater(seen.same, CASES / 4);
  assertGreater(seen.refused, CASES / 4);
  assertGreater(seen.stricter, 0);
});
