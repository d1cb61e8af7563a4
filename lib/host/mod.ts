/** What this host can do: its clock, its log, the programs it may start. */
export * from "./clock.ts";
export * from "./log.ts";
export * from "./process_family.ts";
export * from "./pty.ts";
export * from "./subprocess.ts";
