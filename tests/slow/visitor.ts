import { eventId, type RunEvent, seqOfEventId, SseParser } from "../../lib/shared/mod.ts";
import { Connection, encodeRequest } from "../bench/load/connection.ts";

/** One subscriber of a run, who may leave in the middle and come back to where it was. */
export class Visitor {
  /** All text that was received, over all visits. */
  text = "";
  /** True after the terminal event. */
  hasEnded = false;
  readonly #address: string;
  readonly #runId: string;
  #seq = 0;

  constructor(address: string, runId: string) {
    this.#address = address;
    this.#runId = runId;
  }

  /** Subscribes after what was received before, and leaves after `ms` unless the run ends first. */
  async visit(ms: number): Promise<void> {
    const connection = await Connection.open(this.#address);
    let hasLeft = false;
    const leaving = setTimeout(() => {
      hasLeft = true;
      connection.close();
    }, ms);
    try {
      await this.#read(connection);
    } catch (error) {
      if (!hasLeft) throw error;
    } finally {
      clearTimeout(leaving);
      if (!hasLeft) connection.close();
    }
  }

  async #read(connection: Connection): Promise<void> {
    const path = `/api/runs/${this.#runId}/events`;
    const headers = { "last-event-id": eventId(this.#runId, this.#seq) };
    const parser = new SseParser();
    const status = await connection.request(encodeRequest(this.#address, path, { headers }), (bytes) => {
      for (const { id, data = "{}" } of parser.push(bytes)) this.#take(id, JSON.parse(data));
    });
    if (status !== 200) throw new Error(`The events of a run were answered ${status}`);
  }

  #take(id: string | undefined, event: RunEvent): void {
    const seq = seqOfEventId(this.#runId, id);
    if (seq !== this.#seq + 1) throw new Error(`The event ${seq} came after ${this.#seq}`);
    this.#seq = seq;
    if (event.type === "text") this.text += event.text;
    if (event.type === "end") this.hasEnded = true;
  }
}
