import { assertEquals } from "@std/assert";
import { localPrincipal } from "../access/mod.ts";
import { Feed } from "../store/mod.ts";
import { projectEvents, type ProjectEventsOptions } from "./project_events.ts";

class CutFeed extends Feed {
  cut(): void {
    this.cutOff(localPrincipal.profileId);
  }
}

Deno.test("a project's stream ends where it is cut off from the changes, to come again", async () => {
  const feed = new CutFeed();
  const projects = { find: () => Promise.resolve({ value: { branches: [], versionCount: 0 } }) };
  const options = { feed, projects } as unknown as ProjectEventsOptions;
  const signal = new AbortController().signal;
  const place = { principal: localPrincipal, projectId: "p", from: undefined };
  const events = projectEvents(place, options, signal);
  const next = events.next();
  await new Promise((resolve) => setTimeout(resolve, 0));
  feed.cut();
  assertEquals((await next).done, true);
});
