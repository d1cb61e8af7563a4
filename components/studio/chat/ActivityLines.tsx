import type { Activity } from "../../../lib/shared/mod.ts";
import { Icon } from "../../Icon.tsx";
import { useProject } from "../context.ts";
import { ACTIVITY_ICONS, activityText } from "../version_words.ts";

/** More files than these that were read after each other are one line. */
const MOST_READ = 3;

type Line = { type: "one"; activity: Activity } | { type: "read"; paths: string[] };

/** What the making of a version did, a line each; many files that were read are one line that can be unfolded. */
export function ActivityLines({ activities }: { activities: readonly Activity[] }) {
  const { t } = useProject();
  if (activities.length === 0) return null;
  return (
    <ul class="activities">
      {linesOf(activities).map((line, i) => (
        <li key={i} class="activities__line">
          {line.type === "one"
            ? (
              <>
                <Icon name={ACTIVITY_ICONS[line.activity.type]} />
                {activityText(line.activity, t)}
              </>
            )
            : (
              <details class="activities__many">
                <summary>
                  <Icon name="eye" />
                  {t("studio.activity.readMany", { count: line.paths.length })}
                  <Icon name="chevron-right" class="reasoning__arrow" />
                </summary>
                <ul class="activities__paths">
                  {line.paths.map((path) => <li key={path}>{path}</li>)}
                </ul>
              </details>
            )}
        </li>
      ))}
    </ul>
  );
}

function linesOf(activities: readonly Activity[]): Line[] {
  const lines: Line[] = [];
  let reads: string[] = [];
  const flush = () => {
    if (reads.length > MOST_READ) lines.push({ type: "read", paths: reads });
    else for (const path of reads) lines.push({ type: "one", activity: { type: "read", path } });
    reads = [];
  };
  for (const activity of activities) {
    if (activity.type === "read") {
      reads.push(activity.path);
      continue;
    }
    flush();
    lines.push({ type: "one", activity });
  }
  flush();
  return lines;
}
