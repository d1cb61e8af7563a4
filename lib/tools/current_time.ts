import { z } from "zod";
import { FreshetError } from "../shared/mod.ts";
import { defineTool, type Tool } from "./tool.ts";

/** Tells the time, in the server's time zone or in a named one. `now` gives ms since 1970. */
export function currentTimeTool(now: () => number): Tool {
  return defineTool({
    name: "current_time",
    title: "Current time",
    description:
      "Tells the current date, time and weekday. Call it whenever an answer depends on today's date.",
    parameters: z.object({
      timeZone: z.string().max(64).optional().describe('An IANA time zone such as "Europe/Berlin"'),
    }),
    run({ timeZone }) {
      return describe(new Date(now()), timeZone);
    },
  });
}

function describe(date: Date, timeZone: string | undefined): string {
  const format = formatFor(timeZone);
  const zone = format.resolvedOptions().timeZone;
  return `${format.format(date)} (${zone}); in UTC ${date.toISOString().replace(/\.\d+Z$/, "Z")}`;
}

function formatFor(timeZone: string | undefined): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-GB", {
      dateStyle: "full",
      timeStyle: "long",
      ...(timeZone ? { timeZone } : {}),
    });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new FreshetError("invalid_request", `There is no time zone named ${timeZone}`, { cause });
  }
}
