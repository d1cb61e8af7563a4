/** A model server for thousands of streams at a pace, with one timer for all of them. */
import { PacedStream, scriptOf } from "./paced_stream.ts";
import { ServerConnection } from "./server_connection.ts";
import { LONG_PACED, modelList } from "./upstream_models.ts";

interface ChatBody {
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
}

const encoder = new TextEncoder();
const MODELS = jsonAnswer("200 OK", modelList([LONG_PACED]));
const NO_STREAM = jsonAnswer("400 Bad Request", { error: { message: "This upstream only streams" } });
const PLAIN = scriptOf(LONG_PACED, false);
const WITH_USAGE = scriptOf(LONG_PACED, true);

/** The streams by the time at which their next step is due: as all have one pace, the one that was served last is due last. */
const waiting: { stream: PacedStream; at: number }[] = [];
let timer: ReturnType<typeof setTimeout> | undefined;

if (import.meta.main) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  Deno.stdout.writeSync(encoder.encode(`http://127.0.0.1:${listener.addr.port}\n`));
  for await (const socket of listener) serve(new ServerConnection(socket));
}

async function serve(connection: ServerConnection): Promise<void> {
  for (let isOpen = true; isOpen;) {
    const request = await connection.next();
    isOpen = request !== undefined && await answer(connection, request);
  }
  connection.close();
}

async function answer(
  connection: ServerConnection,
  { method, body }: { method: string; body: string },
): Promise<boolean> {
  if (method !== "POST") return await connection.send(MODELS);
  const { stream: isStream, stream_options: options } = JSON.parse(body) as ChatBody;
  if (!isStream) return await connection.send(NO_STREAM);
  const stream = new PacedStream(
    options?.include_usage ? WITH_USAGE : PLAIN,
    (bytes) => connection.send(bytes),
  );
  wait(stream, performance.now());
  await stream.ended;
  return true;
}

function wait(stream: PacedStream, now: number): void {
  waiting.push({ stream, at: now + LONG_PACED.paceMs });
  timer ??= setTimeout(step, LONG_PACED.paceMs);
}

/** Takes the next step of all streams that it is due of. */
function step(): void {
  const now = performance.now();
  let count = 0;
  for (const entry of waiting) {
    if (entry.at > now) break;
    count++;
  }
  for (const { stream, at } of waiting.splice(0, count)) {
    if (stream.step()) waiting.push({ stream, at: at + LONG_PACED.paceMs });
  }
  const next = waiting[0];
  timer = next ? setTimeout(step, Math.max(1, next.at - now)) : undefined;
}

function jsonAnswer(status: string, value: unknown): Uint8Array {
  const body = JSON.stringify(value);
  return encoder.encode(
    `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
}
