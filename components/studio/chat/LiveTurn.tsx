import type { LiveVersion } from "../../../lib/client/studio/live_version.ts";
import { Pulse } from "../../Pulse.tsx";
import { useProject } from "../context.ts";
import { ActivityLines } from "./ActivityLines.tsx";
import { LiveProse } from "./AnswerProse.tsx";
import { TurnHeader } from "./TurnHeader.tsx";

/** A version in the chat while it is made. */
export function LiveTurn({ live }: { live: LiveVersion }) {
  return (
    <div class="turn__answer" aria-busy="true">
      <TurnHeader version={live.version} live={live} />
      <ActivityLines activities={live.activities.value} />
      {live.hasAnswer.value && <LiveProse text={live.answer} />}
      <Doing live={live} />
    </div>
  );
}

function Doing({ live }: { live: LiveVersion }) {
  const { t } = useProject();
  const waiting = live.waiting.value;
  const current = live.current.value;
  const step = live.step.value;
  const text = waiting
    ? waiting.message
    : step === "generating" && current !== null
    ? t("studio.writing", { path: current })
    : live.planning.value !== "" && step === "planning"
    ? live.planning.value
    : t(`studio.doing.${step}`);
  return (
    <div class="activity">
      <Pulse />
      <span>{text}</span>
    </div>
  );
}
