import { reduceAnswer, type RunState, type SequencedEvent, withoutActivity } from "./run.ts";
import { reduceVersion, type VersionEvent } from "./studio_events.ts";

/** The one reducer of runs, of whatever they write: the same for live, resumed and reloaded ones. See `reduceAnswer`. */
export function reduceRun(state: RunState, sequenced: SequencedEvent): RunState {
  return reduceAnswer(state, sequenced, withVersion);
}

function withVersion(state: RunState, event: VersionEvent): RunState {
  const version = reduceVersion(state.version, event);
  return version ? { ...withoutActivity(state), version } : state;
}
