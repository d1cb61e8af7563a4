import { useEffect, useState } from "preact/hooks";
import { buildProgress } from "../../../lib/client/studio/build_progress.ts";
import type { LiveVersion } from "../../../lib/client/studio/live_version.ts";
import { BUILD_STEPS } from "../../../lib/shared/mod.ts";
import { Icon } from "../../Icon.tsx";
import { useProject } from "../context.ts";

/** How far the version that is shown has come, while it is made. */
export function BuildTracker() {
  const { selectedLive } = useProject();
  const live = selectedLive.value;
  return live ? <Tracker live={live} /> : null;
}

function Tracker({ live }: { live: LiveVersion }) {
  const { clock, t } = useProject();
  const [now, setNow] = useState(() => clock.now());
  useEffect(() => {
    let cancel = () => {};
    const tick = () => {
      setNow(clock.now());
      cancel = clock.after(500, tick);
    };
    tick();
    return () => cancel();
  }, [live]);
  const step = live.step.value;
  const files = live.files.value;
  const current = live.current.value;
  const { share, done, total, msLeft } = buildProgress({
    step,
    files,
    plannedFiles: live.plannedFiles.value,
    currentLines: lines(live, current),
    checksDone: live.results.value.length,
    checks: live.checks.value.length,
    elapsedMs: now - live.version.createdAt,
  });
  const percent = Math.round(share * 100);
  const at = BUILD_STEPS.indexOf(step);
  const isPlanned = live.plannedFiles.value.length > 0;
  return (
    <div class="tracker">
      <ol class="tracker__steps" aria-label={t("studio.progress")}>
        {BUILD_STEPS.map((each, i) => (
          <li
            key={each}
            class={`tracker__step tracker__step--${i < at ? "done" : i === at ? "now" : "later"}`}
            {...(i === at ? { "aria-current": "step" } : {})}
          >
            <span class="tracker__sign" aria-hidden="true">
              {i < at ? <Icon name="check" /> : i === at ? <Icon name="loader-circle" class="spin" /> : i + 1}
            </span>
            <span class="tracker__name">{t(`studio.step.${each}`)}</span>
          </li>
        ))}
      </ol>
      <progress
        class="tracker__bar"
        value={share}
        max={1}
        aria-label={t("studio.progress")}
        aria-valuetext={`${percent} %`}
      />
      <p class="tracker__text">
        <span class="truncate">
          {step === "generating" && current !== null
            ? t(isPlanned ? "studio.generatingFile" : "studio.generatingUnplanned", {
              file: current.slice(current.lastIndexOf("/") + 1),
              done: Math.min(done + 1, total),
              total,
            })
            : t(`studio.doing.${step}`)}
        </span>
        <span class="tracker__left">{msLeft !== undefined && leftText(msLeft, t)}</span>
      </p>
    </div>
  );
}

function lines(live: LiveVersion, path: string | null): number {
  const text = path === null ? undefined : live.written(path)?.text;
  return text === undefined ? 0 : text.split("\n").length;
}

/** Rounded as people would say it: a number that jumps with every tick says nothing. */
function leftText(ms: number, t: ReturnType<typeof useProject>["t"]): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 10) return t("studio.leftMoment");
  if (seconds < 90) return t("studio.leftSeconds", { seconds: Math.round(seconds / 5) * 5 });
  return t("studio.leftMinutes", { minutes: Math.round(seconds / 60) });
}
