import { assert, assertEquals } from "@std/assert";
import { type Chat, type MessagePage, SseParser, type StartedRun } from "../../lib/shared/mod.ts";
import { startServer } from "../server_process.ts";
import { seededRandom } from "../random.ts";

const ROUNDS = 4;
const STREAMS = 12;
const SEED = 20261120;

/** One answer as its client saw it. */
interface Witness {
  chatId: string;
  question: string;
  /** Set when the server has acknowledged the message. */
  started?: StartedRun;
  /** All text that was delivered. */
  delivered: string;
}

Deno.test("SIGKILL at random moments of 48 answers loses no acknowledged message and no delivered text", async () => {
  const folder = await Deno.makeTempDir();
  const random = seededRandom(SEED);
  const witnesses: Witness[] = [];
  let cut = 0;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const server = await startServer(folder);
      await checkAll(server.url, witnesses);
      const mine = await Promise.all(
        Array.from({ length: STREAMS }, (_, i) => begin(server.url, round * STREAMS + i)),
      );
      witnesses.push(...mine);
      const watching = mine.map((witness) => watch(server.url, witness));
      await new Promise((resolve) => setTimeout(resolve, random() * 900));
      await server.kill();
      await Promise.all(watching);
      cut += mine.filter(({ delivered }) => delivered.length > 0).length;
    }
    const server = await startServer(folder);
    const statuses = await checkAll(server.url, witnesses);
    assertEquals(statuses.length, ROUNDS * STREAMS);
    assert(cut > ROUNDS, `only ${cut} answers had begun when the server was killed`);
    await continueOne(server.url, witnesses);
    await server.kill();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

async function begin(url: string, n: number): Promise<Witness> {
  const chat = await call<Chat>(url, "POST", "/api/chat/sessions", {});
  const witness: Witness = {
    chatId: chat.id,
    question: `/pace ${1 + n % 4} /long ${2_000 + n * 100} number ${n}`,
    delivered: "",
  };
  witness.started = await call<StartedRun>(url, "POST", `/api/chat/sessions/${chat.id}/messages`, {
    text: witness.question,
  });
  return witness;
}

/** Follows the stream until it ends or the server is gone. */
async function watch(url: string, witness: Witness): Promise<void> {
  const parser = new SseParser();
  try {
    const response = await fetch(`${url}/api/runs/${witness.started?.run.id}/events`);
    for await (const chunk of response.body ?? []) {
      for (const { event, data = "{}" } of parser.push(chunk)) {
        if (event === "text") witness.delivered += JSON.parse(data).text;
      }
    }
  } catch (error) {
    assert(error instanceof TypeError, String(error));
  }
}

/** Every acknowledged message is there, every delivered character too, and every run has ended. */
async function checkAll(url: string, witnesses: Witness[]): Promise<string[]> {
  return await Promise.all(witnesses.map(async ({ chatId, question, delivered }) => {
    const { messages } = await call<MessagePage>(url, "GET", `/api/chat/sessions/${chatId}/messages`);
    const [user, assistant] = messages;
    assertEquals(user?.text, question);
    assert(assistant, "the answer's message is missing");
    assert(["complete", "interrupted", "failed"].includes(assistant.status), `status ${assistant.status}`);
    assert(assistant.text.startsWith(delivered), `delivered text is missing in ${chatId}`);
    return assistant.status;
  }));
}

async function continueOne(url: string, witnesses: Witness[]): Promise<void> {
  for (const { chatId } of witnesses) {
    const before = (await call<MessagePage>(url, "GET", `/api/chat/sessions/${chatId}/messages`)).messages[1];
    if (before?.status !== "interrupted" || before.text === "") continue;
    const path = `/api/chat/sessions/${chatId}/messages/${before.id}/continue`;
    const started = await call<StartedRun>(url, "POST", path);
    await watch(url, { chatId, question: "", started, delivered: "" });
    const after = (await call<MessagePage>(url, "GET", `/api/chat/sessions/${chatId}/messages`)).messages[1];
    assertEquals(after?.status, "complete");
    assert(after?.text.startsWith(before.text) && after.text.length > before.text.length);
    return;
  }
  throw new Error("No answer was interrupted");
}

async function call<T>(url: string, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(url + path, {
    method,
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
  });
  const text = await response.text();
  assert(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
