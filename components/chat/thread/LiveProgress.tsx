import type { LiveAnswer } from "../../../lib/client/live_answer.ts";
import { formatSeconds } from "../../../lib/client/format.ts";
import { Pulse } from "../../Pulse.tsx";
import { usePage } from "../context.ts";
import { LiveReasoning } from "./Reasoning.tsx";
import { ToolSteps } from "./ToolSteps.tsx";

/** What the model has thought and called, and what it does now, while its answer is written. */
export function LiveProgress({ live }: { live: LiveAnswer }) {
  const steps = live.steps.value;
  return (
    <>
      {live.hasReasoning.value && <LiveReasoning live={live} />}
      {steps.length > 0 && <ToolSteps steps={steps} />}
      <Activity live={live} />
    </>
  );
}

function Activity({ live }: { live: LiveAnswer }) {
  const { t, data } = usePage();
  const activity = live.activity.value;
  const { position, waiting = 0 } = activity ?? {};
  if (live.hasText.value || (live.hasReasoning.value && !activity)) return null;
  return (
    <div class="activity" role="status">
      <Pulse />
      <span>{activity ? activity.message : t("answer.thinking")}</span>
      {position !== undefined && (
        <span class="badge">
          {t(waiting ? "answer.positionOf" : "answer.position", { position, waiting })}
        </span>
      )}
      {activity?.expectedMs !== undefined && (
        <span>{t("answer.expected", { time: waitOf(activity.expectedMs, data.language) })}</span>
      )}
      {activity?.progress !== undefined && (
        <progress
          class="activity__progress"
          value={activity.progress}
          max={1}
          aria-label={activity.message}
        />
      )}
    </div>
  );
}

/** A guess has no more than whole seconds. */
function waitOf(ms: number, language: string): string {
  return formatSeconds(Math.max(1000, Math.round(ms / 1000) * 1000), language);
}
