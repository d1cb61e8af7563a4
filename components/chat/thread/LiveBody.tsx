import type { LiveAnswer } from "../../../lib/client/live_answer.ts";
import { usePage } from "../context.ts";
import { LiveText } from "./LiveText.tsx";
import { LiveReasoning } from "./Reasoning.tsx";
import { ToolSteps } from "./ToolSteps.tsx";

/** An answer while it is written: what the model does now, what it thought and called, and its text so far. */
export function LiveBody({ live }: { live: LiveAnswer }) {
  const steps = live.steps.value;
  return (
    <>
      {live.hasReasoning.value && <LiveReasoning live={live} />}
      {steps.length > 0 && <ToolSteps steps={steps} />}
      <Activity live={live} />
      <LiveText text={live.text} writing />
    </>
  );
}

function Activity({ live }: { live: LiveAnswer }) {
  const { t } = usePage();
  const activity = live.activity.value;
  if (live.hasText.value || (live.hasReasoning.value && !activity)) return null;
  return (
    <div class="activity" role="status">
      <span class="pulse" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>{activity ? activity.message : t("answer.thinking")}</span>
      {activity?.position !== undefined && (
        <span class="badge">{t("answer.position", { position: activity.position })}</span>
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
