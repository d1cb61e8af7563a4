/** What this host can do: its clock, its log. */
export * from "./clock.ts";
export * from "./log.ts";
