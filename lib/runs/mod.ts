/** Generations in progress: durable event logs that are started, followed, resumed, cancelled and, after a crash, ended. */
export { eventStream, type EventStreamOptions } from "./event_stream.ts";
export type { CommittedEvent } from "./live_run.ts";
export type { Finisher, RunOf, SubjectHandler } from "./endings.ts";
export { type Generate, type PreparedRun, Runs, type RunsOptions } from "./runs.ts";
