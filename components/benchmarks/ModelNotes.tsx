import type { BenchmarkTargetView } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { memoryWords, targetName, warmUpWords } from "./words.ts";

/** What is to be said of each model besides the figures: how it was loaded, what it takes, and why it was given up. */
export function ModelNotes({ targets, language, t }: {
  targets: readonly BenchmarkTargetView[];
  language: string;
  t: Translate;
}) {
  const told = targets.filter(({ warmUps }) => warmUps.length > 0);
  if (told.length === 0) return null;
  return (
    <section class="dashboard-card" aria-labelledby="benchmark-notes">
      <h2 id="benchmark-notes">{t("benchmarks.notes")}</h2>
      <dl class="benchmark-notes">
        {told.map((target) => (
          <div key={`${target.model} ${target.nodeId ?? ""}`}>
            <dt>{targetName(target)}</dt>
            {target.givenUp && (
              <dd class="benchmark-notes__failed">
                {t("benchmarks.givenUp", { message: target.givenUp.message })}
              </dd>
            )}
            {target.warmUps.map((warmUp) => <dd key={warmUp.nodeId}>{warmUpWords(warmUp, language, t)}</dd>)}
            {target.memory.map((memory) => <dd key={memory.nodeName}>{memoryWords(memory, language, t)}</dd>)}
            {target.memory.length === 0 && <dd>{t("benchmarks.memory.untold")}</dd>}
          </div>
        ))}
      </dl>
    </section>
  );
}
