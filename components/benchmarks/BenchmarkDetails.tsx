import { useEffect, useMemo } from "preact/hooks";
import { ApiClient } from "../../lib/client/api_client.ts";
import { LiveBenchmarks } from "../../lib/client/benchmarks/live_benchmarks.ts";
import { browserClock } from "../../lib/client/clock.ts";
import { formatMoment } from "../../lib/client/format.ts";
import { listen } from "../../lib/client/settings/listen.ts";
import type { Benchmark } from "../../lib/shared/mod.ts";
import { type Texts, type Translate, translateWith } from "../../lib/shared/texts/mod.ts";
import { Actions } from "./Actions.tsx";
import { BenchmarkCharts } from "./BenchmarkCharts.tsx";
import { ModelNotes } from "./ModelNotes.tsx";
import { reportUnknown } from "./Overview.tsx";
import { Progress } from "./Progress.tsx";
import { SummaryTable } from "./SummaryTable.tsx";

/** What the island of the page is given. */
export interface BenchmarkDetailsProps {
  benchmark: Benchmark;
  canManage: boolean;
  /** Sent with "Repeat", so that a form that is sent twice begins once. */
  repeatKey: string;
  texts: Texts;
  /** "en" or "de". */
  language: string;
}

/** One benchmark, live: how far it is, and what was measured so far. */
export function BenchmarkDetails(
  { benchmark: given, canManage, repeatKey, texts, language }: BenchmarkDetailsProps,
) {
  const t = useMemo(() => translateWith(texts), [texts]);
  const live = useLive(given);
  const benchmark = live.list.value[0] ?? given;
  const { id, targets, error } = benchmark;
  const hasFigures = targets.some(({ done }) => done > 0);
  return (
    <div class="benchmarks__part">
      <section class="dashboard-card benchmark-head" aria-label={t("benchmarks.state")}>
        <div aria-live="polite">
          <Progress benchmark={benchmark} language={language} t={t} />
        </div>
        {error && <p class="benchmark-notes__failed" role="alert">{error.message}</p>}
        <Parameters benchmark={benchmark} language={language} t={t} />
        <div class="benchmark-head__actions">
          {canManage && <Actions benchmark={benchmark} repeatKey={repeatKey} language={language} t={t} />}
          <span class="benchmark-head__links">
            <a class="button button--quiet" href={`/models/benchmarks/compare?a=${id}.0`}>
              {t("benchmarks.compare.this")}
            </a>
            <a class="button button--quiet" href={`/api/benchmarks/${id}/export?format=csv`} download>
              {t("benchmarks.export.csv")}
            </a>
            <a class="button button--quiet" href={`/api/benchmarks/${id}/export?format=json`} download>
              {t("benchmarks.export.json")}
            </a>
          </span>
        </div>
      </section>
      {hasFigures && <SummaryTable targets={targets} language={language} t={t} />}
      {hasFigures && <BenchmarkCharts targets={targets} language={language} t={t} />}
      <ModelNotes targets={targets} language={language} t={t} />
    </div>
  );
}

function Parameters({ benchmark, language, t }: { benchmark: Benchmark; language: string; t: Translate }) {
  const { setName, parameters, createdAt } = benchmark;
  const { repetitions, concurrency, temperature, maxTokens, seed } = parameters;
  const facts: [string, string | number][] = [
    [t("benchmarks.set"), setName],
    [t("benchmarks.begun"), formatMoment(createdAt, language)],
    [t("benchmarks.repetitions"), repetitions],
    [t("benchmarks.concurrency"), concurrency],
    [t("benchmarks.temperature"), temperature],
    [t("benchmarks.maxTokens"), maxTokens],
    [t("benchmarks.seed"), seed ?? "–"],
  ];
  return (
    <dl class="benchmark-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function useLive(benchmark: Benchmark): LiveBenchmarks {
  const { id } = benchmark;
  const live = useMemo(() => {
    const client = new ApiClient();
    return new LiveBenchmarks({
      benchmarks: [benchmark],
      clock: browserClock,
      load: async () => [await client.get<Benchmark>(`/api/benchmarks/${id}`)],
      onError: reportUnknown,
    });
  }, [benchmark]);
  useEffect(() => {
    const stop = listen({
      onEvent: (event) => live.receive(event, (other) => other === id),
      onCatchUp: () => live.reloadSoon(),
    });
    return () => {
      stop();
      live.stop();
    };
  }, [live]);
  return live;
}
