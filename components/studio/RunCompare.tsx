import { useEffect, useMemo, useState } from "preact/hooks";
import { type DiffRows, withOpened } from "../../lib/client/studio/diff/rows.ts";
import { rowsInWorker } from "../../lib/client/studio/diff/rows_worker.ts";
import { compareAnswers, isSameAnswer, milliseconds } from "../../lib/client/studio/run/answers.ts";
import type { ProcessResponse } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { DiffTable } from "./DiffTable.tsx";

interface Side {
  number: number;
  answer: ProcessResponse;
}

/** What two versions answered differently to the same request. */
export function RunCompare({ t, language, before, after }: {
  t: Translate;
  language: string;
  before: Side;
  after: Side;
}) {
  const comparison = useMemo(() => compareAnswers(before.answer, after.answer), [
    before.answer,
    after.answer,
  ]);
  const { sameStatus, headers } = comparison;
  const times = {
    before: milliseconds(before.answer.durationMs, language),
    after: milliseconds(after.answer.durationMs, language),
  };
  return (
    <section class="compare" aria-label={t("run.compare", { before: before.number, after: after.number })}>
      <h2 class="answer__title">{t("run.compare", { before: before.number, after: after.number })}</h2>
      {isSameAnswer(comparison) && (
        <p class="compare__same">
          <Icon name="circle-check" />
          {t("run.compare.same")}
        </p>
      )}
      <p class="compare__fact">{t("run.compare.time", times)}</p>
      {!sameStatus && (
        <p class="compare__fact compare__fact--different">
          {t("run.compare.status", { before: before.answer.status, after: after.answer.status })}
        </p>
      )}
      {headers.length > 0 && (
        <>
          <h3 class="compare__heading">{t("run.compare.headers")}</h3>
          <Difference
            t={t}
            before={headers.flatMap(({ name, before }) => before === null ? [] : [`${name}: ${before}\n`])
              .join("")}
            after={headers.flatMap(({ name, after }) =>
              after === null ? [] : [`${name}: ${after}\n`]
            ).join("")}
          />
        </>
      )}
      {comparison.before !== comparison.after && (
        <>
          <h3 class="compare__heading">{t("run.compare.body")}</h3>
          <Difference t={t} before={comparison.before} after={comparison.after} />
        </>
      )}
    </section>
  );
}

function Difference({ t, before, after }: { t: Translate; before: string; after: string }) {
  const [rows, setRows] = useState<DiffRows | null>(null);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  useEffect(() => {
    let isShown = true;
    setOpened(new Set<number>());
    rowsInWorker("inline", before, after).then((rows) => isShown && setRows(rows), reportError);
    return () => void (isShown = false);
  }, [before, after]);
  if (!rows) return <p class="run__empty">{t("diff.loading")}</p>;
  return (
    <div class="compare__rows">
      <DiffTable
        t={t}
        rows={withOpened(rows, after, opened)}
        current={-1}
        onOpenFold={(newLine) => setOpened(new Set(opened).add(newLine))}
      />
    </div>
  );
}
