import { shareWords, speedWords, targetName } from "./words.ts";
import { formatDuration } from "../../lib/client/dashboard/figures.ts";
import { formatDay, formatMoment, formatTime } from "../../lib/client/format.ts";
import type { Benchmark } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Progress } from "./Progress.tsx";

/** The benchmarks, newest first: how far each is, and what its models came to. */
export function BenchmarkList({ benchmarks, language, t }: {
  benchmarks: readonly Benchmark[];
  language: string;
  t: Translate;
}) {
  return (
    <ul class="benchmark-list" aria-label={t("benchmarks.history")}>
      {benchmarks.map((benchmark) => (
        <li key={benchmark.id} class="benchmark-item">
          <div class="benchmark-item__head">
            <a class="benchmark-item__name" href={`/models/benchmarks/${benchmark.id}`}>{benchmark.name}</a>
            <time
              class="muted"
              dateTime={new Date(benchmark.createdAt).toISOString()}
              title={formatMoment(benchmark.createdAt, language)}
            >
              {formatDay(benchmark.createdAt, language)}, {formatTime(benchmark.createdAt, language)}
            </time>
          </div>
          <Progress benchmark={benchmark} language={language} t={t} />
          <dl class="benchmark-item__figures">
            {benchmark.targets.filter(({ done }) => done > 0).map((target) => (
              <div key={`${target.model} ${target.nodeId ?? ""}`}>
                <dt>{targetName(target)}</dt>
                <dd>
                  {target.summary.accuracy &&
                    `${t("benchmarks.accuracy")} ${shareWords(target.summary.accuracy, language)} · `}
                  {t("benchmarks.firstToken")} {formatDuration(target.summary.firstToken.p50, language)} ·
                  {" "}
                  {t("benchmarks.speed")} {speedWords(target.summary.tokensPerSecond, language)}
                </dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}
