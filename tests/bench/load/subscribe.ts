import { type SocketMessage, SseParser } from "../../../lib/shared/mod.ts";
import { Connection, encodeRequest } from "./connection.ts";
import { SocketConnection } from "./socket_connection.ts";
import { stamp, type Subscribed, type SubscribeTask } from "./tasks.ts";

/** Connections that are opened at a time. */
const AT_ONCE = 50;
/** ms after the last has come until delays count: opening a thousand connections is work of another kind. */
const SETTLE_MS = 1_000;

/** What all subscribers of a task share. */
interface Crowd {
  task: SubscribeTask;
  /** Those that have got something. */
  present: number;
  /** The time by `stamp` at which the last of them had come. */
  completeAt: number;
  delays: number[];
  characters: number[];
}

/** Follows a run to its end over a connection; tells of each text. */
type Subscribe = (task: SubscribeTask, opened: () => void, onText: (text: string) => void) => Promise<void>;

/** Carries out a `SubscribeTask`. */
export async function subscribe(task: SubscribeTask): Promise<Subscribed> {
  const startedAt = stamp();
  const crowd: Crowd = { task, present: 0, completeAt: Infinity, delays: [], characters: [] };
  const way = task.over === "WebSockets" ? overSocket : overEvents;
  const ended: Promise<void>[] = [];
  for (let opened = 0; opened < task.count; opened += AT_ONCE) {
    const openings: Promise<void>[] = [];
    for (let i = opened; i < Math.min(task.count, opened + AT_ONCE); i++) {
      const { promise, resolve } = Promise.withResolvers<void>();
      ended.push(join(crowd, way, resolve));
      openings.push(promise);
    }
    await Promise.race([Promise.all(openings), Promise.all(ended)]);
  }
  await Promise.all(ended);
  const characters = crowd.characters.toSorted((a, b) => a - b);
  return {
    delays: crowd.delays,
    connectMs: crowd.completeAt - startedAt,
    characters: [characters[0] ?? 0, characters.at(-1) ?? 0],
  };
}

async function join(crowd: Crowd, way: Subscribe, opened: () => void): Promise<void> {
  let characters = 0;
  const isOpen = () => {
    if (++crowd.present === crowd.task.count) crowd.completeAt = stamp();
    opened();
  };
  await way(crowd.task, isOpen, (text) => {
    characters += text.length;
    const now = stamp();
    // What was sent before all had come is late for another reason.
    for (const word of text.split(" ")) {
      if (Number(word) > crowd.completeAt + SETTLE_MS) {
        crowd.delays.push(Math.round((now - Number(word)) * 10) / 10);
      }
    }
  });
  crowd.characters.push(characters);
}

const overEvents: Subscribe = async ({ address, runId }, opened, onText) => {
  const connection = await Connection.open(address);
  const parser = new SseParser();
  let isFirst = true;
  const request = encodeRequest(address, `/api/runs/${runId}/events`);
  const status = await connection.request(request, (bytes) => {
    for (const { event, data = "{}" } of parser.push(bytes)) {
      if (event === "text") onText((JSON.parse(data) as { text: string }).text);
    }
    if (isFirst) opened();
    isFirst = false;
  });
  if (status !== 200) throw new Error(`The events of a run were answered ${status}`);
  connection.close();
};

const overSocket: Subscribe = async ({ address, runId }, opened, onText) => {
  const connection = await SocketConnection.open(address, "/chat");
  const decoder = new TextDecoder();
  await connection.send(JSON.stringify({ type: "resume", runId, seq: 0 }));
  let isFirst = true;
  for (;;) {
    const bytes = await connection.next();
    if (!bytes) throw new Error("The server closed a WebSocket");
    for (const message of JSON.parse(decoder.decode(bytes)) as SocketMessage[]) {
      if (message.type === "error") throw new Error(`A WebSocket was told ${JSON.stringify(message)}`);
      if (message.type === "token") onText(message.text);
      if (message.type === "status" && message.status === "end") return connection.close();
      if (!isFirst || message.type === "heartbeat") continue;
      isFirst = false;
      opened();
    }
  }
};
