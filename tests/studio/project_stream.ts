import { assert, assertEquals } from "@std/assert";
import { type RunEvent, SseParser } from "../../lib/shared/mod.ts";

/** An event of a project's stream as it came. */
export interface SentEvent {
  id: string;
  event: RunEvent;
}

/** A project's stream of events, read as far as a test wants. */
export class ProjectStream implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #parser = new SseParser();
  readonly #waiting: SentEvent[] = [];

  private constructor(body: ReadableStream<Uint8Array>) {
    this.#reader = body.getReader();
  }

  /** Opens the stream by a request to `/api/stream/:projectId`, after an event where one is given. */
  static async open(
    fetch: (path: string, init?: RequestInit) => Promise<Response>,
    projectId: string,
    lastEventId?: string,
  ): Promise<ProjectStream> {
    const headers: HeadersInit = lastEventId ? { "last-event-id": lastEventId } : {};
    const response = await fetch(`/api/stream/${projectId}`, { headers });
    assertEquals(response.headers.get("content-type"), "text/event-stream; charset=utf-8");
    assert(response.body);
    const stream = new ProjectStream(response.body);
    // Only what is read is begun: the comment that greets the client.
    await stream.#read();
    return stream;
  }

  /** The next events, up to the first for which `isLast` holds. */
  async until(isLast: (sent: SentEvent) => boolean): Promise<SentEvent[]> {
    const found: SentEvent[] = [];
    for (;;) {
      const sent = await this.next();
      assert(sent, `the stream ended after ${found.length} events`);
      found.push(sent);
      if (isLast(sent)) return found;
    }
  }

  /** The events of the next run that ends. */
  async run(): Promise<SentEvent[]> {
    return await this.until(({ event }) => event.type === "end");
  }

  /** The next event; undefined where the stream has ended. */
  async next(): Promise<SentEvent | undefined> {
    while (this.#waiting.length === 0) {
      if (!await this.#read()) return undefined;
    }
    return this.#waiting.shift();
  }

  /** Reads on; false where the stream has ended. */
  async #read(): Promise<boolean> {
    const { done, value } = await this.#reader.read();
    if (done) return false;
    for (const { id = "", event, data } of this.#parser.push(value)) {
      if (data === undefined) continue;
      const parsed = JSON.parse(data) as RunEvent;
      assertEquals(event, parsed.type);
      this.#waiting.push({ id, event: parsed });
    }
    return true;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.cancel().catch(() => "it has broken off already");
  }
}
