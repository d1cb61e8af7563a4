import { formatDuration } from "../../lib/client/dashboard/figures.ts";
import { formatNumber } from "../../lib/client/format.ts";
import {
  type Benchmark,
  type BenchmarkResults,
  type BenchmarkResultView,
  RESULT_KINDS,
  type ResultKind,
} from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { targetName, UNKNOWN } from "./words.ts";

/** Calls of a page. */
export const CALLS_PER_PAGE = 25;

/** Which calls are shown. */
export interface CallsQuery {
  /** The place of a model; null for all. */
  target: number | null;
  kind: ResultKind;
  offset: number;
}

/** The calls of a benchmark with answers and grading; it needs no script. */
export function CallsTable({ benchmark, calls, query, language, t }: {
  benchmark: Benchmark;
  calls: BenchmarkResults;
  query: CallsQuery;
  language: string;
  t: Translate;
}) {
  const { results, count } = calls;
  return (
    <section class="dashboard-card parts" aria-labelledby="calls">
      <h2 id="calls">{t("benchmarks.table")}</h2>
      <CallsForm benchmark={benchmark} query={query} t={t} />
      {benchmark.finishedAt === undefined && <p class="muted">{t("benchmarks.table.asOf")}</p>}
      {results.length === 0
        ? <p class="parts__none">{t("benchmarks.table.none")}</p>
        : (
          <ol class="benchmark-calls" start={query.offset + 1} aria-labelledby="calls">
            {results.map((result) => (
              <Call
                key={`${result.target} ${result.prompt} ${result.repetition}`}
                result={result}
                language={language}
                t={t}
              />
            ))}
          </ol>
        )}
      {count > 0 && <Pages benchmark={benchmark} count={count} shown={results.length} query={query} t={t} />}
    </section>
  );
}

function Call({ result, language, t }: { result: BenchmarkResultView; language: string; t: Translate }) {
  const { model, nodeName, error, isCorrect, expected, answer, isCut, tokensPerSecond } = result;
  const grade = error ? "failed" : isCorrect === null ? "none" : isCorrect ? "correct" : "wrong";
  const facts = [
    `${model}${nodeName ? ` · ${nodeName}` : ""}`,
    `${t("benchmarks.firstToken")} ${formatDuration(result.firstTokenMs, language)}`,
    `${t("benchmarks.duration")} ${formatDuration(result.durationMs, language)}`,
    `${t("benchmarks.speed")} ${
      tokensPerSecond === null ? UNKNOWN : formatNumber(tokensPerSecond, language)
    }`,
  ];
  return (
    <li class="benchmark-call">
      <p class="benchmark-call__facts">
        <span class={`badge benchmark-grade benchmark-grade--${grade}`}>
          {t(`benchmarks.grade.${grade}`)}
        </span>
        {facts.map((fact) => <span key={fact}>{fact}</span>)}
      </p>
      <p class="benchmark-call__prompt">{result.promptText}</p>
      {error
        ? <p class="benchmark-notes__failed">{error.message}</p>
        : (
          <blockquote class="benchmark-call__answer" tabIndex={0}>
            {answer || t("benchmarks.answer.none")}
            {isCut && t("benchmarks.answer.cut")}
          </blockquote>
        )}
      {expected !== null && isCorrect !== true && (
        <p class="muted">{t("benchmarks.expected", { answer: expected })}</p>
      )}
    </li>
  );
}

function CallsForm({ benchmark, query, t }: { benchmark: Benchmark; query: CallsQuery; t: Translate }) {
  return (
    <form class="models-filter" method="get" action={`/models/benchmarks/${benchmark.id}#calls`}>
      <label class="models-filter__choice">
        <span>{t("benchmarks.model")}</span>
        <select name="target" class="field__control">
          <option value="">{t("benchmarks.table.allModels")}</option>
          {benchmark.targets.map((target, i) => (
            <option key={i} value={String(i)} selected={i === query.target}>{targetName(target)}</option>
          ))}
        </select>
      </label>
      <label class="models-filter__choice">
        <span>{t("benchmarks.table.kind")}</span>
        <select name="kind" class="field__control">
          {RESULT_KINDS.map((kind) => (
            <option key={kind} value={kind} selected={kind === query.kind}>
              {t(`benchmarks.kind.${kind}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" class="button">{t("benchmarks.apply")}</button>
    </form>
  );
}

function Pages({ benchmark, count, shown, query, t }: {
  benchmark: Benchmark;
  count: number;
  shown: number;
  query: CallsQuery;
  t: Translate;
}) {
  const { target, kind, offset } = query;
  const hrefOf = (at: number) => {
    const search = new URLSearchParams({ kind, offset: String(at) });
    if (target !== null) search.set("target", String(target));
    return `/models/benchmarks/${benchmark.id}?${search}#calls`;
  };
  return (
    <nav class="benchmark-pages" aria-label={t("benchmarks.table")}>
      {offset > 0 && (
        <a class="button button--small" href={hrefOf(Math.max(0, offset - CALLS_PER_PAGE))}>
          {t("benchmarks.table.less")}
        </a>
      )}
      <span class="muted">
        {t("benchmarks.table.count", { from: Math.min(offset + 1, count), to: offset + shown, count })}
      </span>
      {offset + shown < count && (
        <a class="button button--small" href={hrefOf(offset + CALLS_PER_PAGE)}>
          {t("benchmarks.table.more")}
        </a>
      )}
    </nav>
  );
}
