import { useEffect, useMemo } from "preact/hooks";
import { ApiClient } from "../../lib/client/api_client.ts";
import { LiveBenchmarks } from "../../lib/client/benchmarks/live_benchmarks.ts";
import { browserClock } from "../../lib/client/clock.ts";
import { listen } from "../../lib/client/settings/listen.ts";
import { type Benchmark, FreshetError } from "../../lib/shared/mod.ts";
import { type Texts, translateWith } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { BenchmarkList } from "./BenchmarkList.tsx";

/** What the island of the page is given. */
export interface OverviewProps {
  canManage: boolean;
  benchmarks: readonly Benchmark[];
  texts: Texts;
  /** "en" or "de". */
  language: string;
}

/** What runs and what has run, live. */
export function Overview({ benchmarks, canManage, texts, language }: OverviewProps) {
  const t = useMemo(() => translateWith(texts), [texts]);
  const live = useMemo(() => {
    const client = new ApiClient();
    return new LiveBenchmarks({
      benchmarks,
      clock: browserClock,
      load: async () => (await client.get<{ benchmarks: Benchmark[] }>("/api/benchmarks")).benchmarks,
      onError: reportUnknown,
    });
  }, [benchmarks]);
  useEffect(() => {
    const stop = listen({ onEvent: (event) => live.receive(event), onCatchUp: () => live.reloadSoon() });
    return () => {
      stop();
      live.stop();
    };
  }, [live]);
  const list = live.list.value;
  if (list.length === 0) {
    return (
      <section class="models-empty" aria-labelledby="benchmarks-empty">
        <Icon name="gauge" />
        <h2 id="benchmarks-empty">{t("benchmarks.empty")}</h2>
        <p class="muted">{t("benchmarks.empty.text")}</p>
        {canManage && (
          <a class="button button--primary" href="/models/benchmarks/new">
            <Icon name="plus" />
            {t("benchmarks.view.new")}
          </a>
        )}
      </section>
    );
  }
  return (
    <section class="dashboard-card" aria-labelledby="benchmarks-history">
      <h2 id="benchmarks-history">{t("benchmarks.history")}</h2>
      <BenchmarkList benchmarks={list} language={language} t={t} />
    </section>
  );
}

/** That the server is away shows by itself: the page tries again until it is back. */
export function reportUnknown(error: unknown): void {
  if (!(error instanceof FreshetError)) reportError(error);
}
