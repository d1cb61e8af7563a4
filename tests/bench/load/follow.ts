import { SseParser } from "../../../lib/shared/mod.ts";
import { Connection, encodeRequest } from "./connection.ts";
import { type Followed, type FollowTask, stamp } from "./tasks.ts";

/** Carries out a `FollowTask`. */
export async function follow({ address, runIds, isStamped }: FollowTask): Promise<Followed> {
  const result: Followed = { events: 0, characters: 0, delays: [], endedAt: 0 };
  await Promise.all(runIds.map(async (runId) => {
    const connection = await Connection.open(address);
    const parser = new SseParser();
    let since = 0;
    const status = await connection.request(
      encodeRequest(address, `/api/runs/${runId}/events`),
      (bytes) => {
        // What was sent before this subscriber came is late for no fault of the server.
        since ||= stamp();
        for (const { event, data = "{}" } of parser.push(bytes)) {
          if (event !== "text") continue;
          const { text } = JSON.parse(data) as { text: string };
          result.events++;
          result.characters += text.length;
          if (isStamped) addDelays(result.delays, text, since);
        }
      },
    );
    if (status !== 200) throw new Error(`The events of a run were answered ${status}`);
    result.endedAt = Math.max(result.endedAt, stamp());
    connection.close();
  }));
  return result;
}

function addDelays(delays: number[], text: string, since: number): void {
  const now = stamp();
  for (const word of text.split(" ")) if (Number(word) > since) delays.push(now - Number(word));
}
