import { assert, assertEquals, assertGreater } from "@std/assert";
import { seededRandom } from "../../tests/random.ts";
import { createHttp1, type Http1 } from "./mod.ts";
import { type RawConnection, RawServer } from "./testing.ts";

const REQUESTS = 1_500;
const SEED = Number(Deno.env.get("FRESHET_FUZZ_SEED") ?? 1);
const AT_ONCE = 25;

type Random = () => number;

/** Says the path over and over, so that a byte too few, too many or of another response shows. */
function bodyFor(path: string): string {
  return `${path} `.repeat(1 + Number(path.slice(1)) % 700);
}

/** What a server does with a request on a bad day, for numbers from 0 to 1. */
const FAULTS: [below: number, fault: string][] = [
  [0.05, "no answer"],
  [0.1, "late"],
  [0.18, "close"],
  [0.22, "too short"],
  [0.27, "cut"],
  [0.3, "surplus"],
  [0.4, "pause"],
];

/** Serves a connection; returns when it is to be closed. */
async function serve(connection: RawConnection, random: Random, posts: Map<string, number>): Promise<void> {
  for (let request = await connection.request(); request; request = await connection.request()) {
    const [method = "", path = ""] = request.head.split(" ");
    if (method === "POST") posts.set(path, (posts.get(path) ?? 0) + 1);
    const number = random();
    const fault = FAULTS.find(([below]) => number < below)?.[1];
    if (fault === "no answer") return;
    if (fault === "late") await pause(random);
    const response = responseFor(bodyFor(path), fault, random);
    const cut = Math.floor(random() * response.length);
    await connection.send(response.slice(0, cut));
    if (fault === "cut") return;
    if (fault === "pause") await pause(random);
    await connection.send(response.slice(cut));
    if (fault === "surplus") await connection.send("surplus");
    if (fault === "too short" || fault === "close") return;
  }
}

function responseFor(body: string, fault: string | undefined, random: Random): string {
  const head = `HTTP/1.1 200 OK\r\n${fault === "close" ? "Connection: close\r\n" : ""}`;
  if (fault === "too short") return `${head}Content-Length: ${body.length + 1}\r\n\r\n${body}`;
  if (random() < 0.5) return `${head}Content-Length: ${body.length}\r\n\r\n${body}`;
  return `${head}Transfer-Encoding: chunked\r\n\r\n${chunks(body, random)}`;
}

function chunks(body: string, random: Random): string {
  let text = "";
  for (let at = 0; at < body.length;) {
    const piece = body.slice(at, at + 1 + Math.floor(random() * 400));
    text += `${piece.length.toString(16)}\r\n${piece}\r\n`;
    at += piece.length;
  }
  return `${text}0\r\n\r\n`;
}

function pause(random: Random): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, random() * 5));
}

/** One request, which may be given up at any time; true where its response was whole. */
async function ask({ fetch }: Http1, url: string, path: string, random: Random): Promise<boolean> {
  const controller = new AbortController();
  const timer = random() < 0.15 ? setTimeout(() => controller.abort(), random() * 6) : undefined;
  const method = random() < 0.5 ? "POST" : "GET";
  try {
    const body = method === "POST" ? "x".repeat(random() * 1000) : null;
    const response = await fetch(url + path.slice(1), { method, body, signal: controller.signal });
    if (random() < 0.1) {
      await response.body?.cancel();
      return false;
    }
    assertEquals(await response.text(), bodyFor(path));
    return true;
  } catch (error) {
    // What is not an error of the connection is one of this test.
    assert(controller.signal.aborted || error instanceof TypeError, `${error}`);
    return false;
  } finally {
    clearTimeout(timer);
  }
}

Deno.test("on a bad day every response is the right one or an error, and no POST arrives twice", async () => {
  const random = seededRandom(SEED);
  const posts = new Map<string, number>();
  const client = createHttp1({ maxIdlePerHost: 10 });
  let whole = 0;
  let next = 0;
  {
    await using server = new RawServer((connection) => serve(connection, random, posts));
    const work = async () => {
      while (next < REQUESTS) if (await ask(client, server.url, `/${next++}`, random)) whole++;
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    client.close();
    await server.allClosed();
  }
  assertGreater(whole, REQUESTS / 2);
  assertEquals([...posts].filter(([, count]) => count > 1), []);
  assertGreater(posts.size, REQUESTS / 4);
});
