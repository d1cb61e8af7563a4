import { assertEquals } from "@std/assert";
import { localPrincipal } from "../access/mod.ts";
import { FakeClock } from "../host/testing.ts";
import { Feed } from "../store/mod.ts";
import { nodeEvents } from "./node_events.ts";
import type { Services } from "./services.ts";

class CutFeed extends Feed {
  cut(): void {
    this.cutOff(localPrincipal.profileId);
  }
}

Deno.test("a page of nodes hears of changes, also after the feed has cut it off", async () => {
  const clock = new FakeClock();
  const feed = new CutFeed();
  const nodes = { pulse: () => Promise.resolve({ at: clock.now(), nodes: [], queue: [] }) };
  const leave = new AbortController();
  const services = { clock, feed, nodes } as unknown as Services;
  const events = nodeEvents(services, localPrincipal, leave.signal);
  const next = async () => {
    const waiting = events.next();
    await clock.advance(1_000);
    const { value } = await waiting;
    return value?.type;
  };
  assertEquals([await next(), await next()], ["pulse", "pulse"]);
  feed.cut();
  assertEquals([await next(), await next()], ["changed", "pulse"]);
  feed.publish(localPrincipal.profileId, { type: "nodes:changed" });
  assertEquals([await next(), await next(), await next()], ["changed", "pulse", "pulse"]);
  leave.abort();
  assertEquals((await events.next()).done, true);
});
