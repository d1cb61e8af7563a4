import { formatCount } from "../../lib/client/format.ts";
import type { Benchmark } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** How far a benchmark is: its state, a bar while it is under way, and its calls. */
export function Progress({ benchmark, language, t }: {
  benchmark: Pick<Benchmark, "name" | "state" | "done" | "total" | "failed">;
  language: string;
  t: Translate;
}) {
  const { name, state, done, total, failed } = benchmark;
  const isUnderWay = state === "running" || state === "waiting";
  const count = (value: number) => formatCount(value, language);
  return (
    <div class={`benchmark-progress benchmark-progress--${state}`}>
      {isUnderWay && (
        <progress
          class="download__bar"
          max={total}
          value={done}
          aria-label={t("benchmarks.progress.label", { name })}
        />
      )}
      <p class="benchmark-progress__words">
        <span class="benchmark-progress__state">{t(`benchmarks.state.${state}`)}</span>
        <span>{t("benchmarks.progress", { done: count(done), total: count(total) })}</span>
        {failed > 0 && (
          <span class="benchmark-progress__failed">
            {t("benchmarks.progress.failed", { failed: count(failed) })}
          </span>
        )}
      </p>
    </div>
  );
}
