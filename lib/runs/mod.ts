/** Generations in progress: durable event logs that are started, followed, resumed, cancelled and, after a crash, ended. */
export { eventStream, type EventStreamOptions } from "./event_stream.ts";
export type { CommittedEvent } from "./live_run.ts";
export {
  type Finisher,
  type Generate,
  type PreparedRun,
  Runs,
  type RunsOptions,
  type SubjectHandler,
} from "./runs.ts";
