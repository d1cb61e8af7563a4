import type { ImportState } from "../../../lib/client/settings/transfer_model.ts";
import { formatCount } from "../../../lib/client/format.ts";
import type { ChatImportReport, LeftOutKind } from "../../../lib/shared/mod.ts";
import { useSettings } from "../context.ts";
import { Notice } from "../Notice.tsx";

/** What came of an import. The region is there from the start, so that screen readers tell of what appears in it. */
export function ImportOutcome({ state }: { state: ImportState }) {
  const { t } = useSettings();
  return (
    <div class="import-outcome" aria-live="polite">
      {state.type === "failed" && (
        <Notice kind="error">
          {t("transfer.failed", { message: state.problem.message })}
          {state.problem.hint && <p>{state.problem.hint}</p>}
        </Notice>
      )}
      {state.type === "done" && <Report report={state.report} />}
    </div>
  );
}

function Report({ report }: { report: ChatImportReport }) {
  const { t, language } = useSettings();
  const count = (value: number) => formatCount(value, language);
  const leftOut = Object.entries(report.leftOut) as [LeftOutKind, number][];
  const done = report.chats === 0
    ? "transfer.done.none"
    : report.chats === 1
    ? "transfer.done.one"
    : "transfer.done";
  return (
    <Notice kind={report.failed > 0 ? "warning" : "success"}>
      <p>
        {t(done, { chats: count(report.chats), messages: count(report.messages) })}{" "}
        {report.existing > 0 && t("transfer.existing", { count: count(report.existing) })}
      </p>
      {leftOut.length > 0 && (
        <>
          <p class="import-outcome__title">{t("transfer.leftOut")}</p>
          <ul class="import-outcome__list">
            {leftOut.map(([kind, value]) => (
              <li key={kind}>{t(`transfer.leftOut.${kind}`, { count: count(value) })}</li>
            ))}
          </ul>
        </>
      )}
      {report.failed > 0 && (
        <>
          <p class="import-outcome__title">{t("transfer.problems", { count: count(report.failed) })}</p>
          <ul class="import-outcome__list">
            {report.problems.map(({ title, problem }, i) => (
              <li key={i}>
                {title || t("transfer.untitled")}: {t(`transfer.problem.${problem}`)}
              </li>
            ))}
            {report.failed > report.problems.length && <li>…</li>}
          </ul>
        </>
      )}
      {report.chats > 0 && <a href="/">{t("transfer.toChats")}</a>}
    </Notice>
  );
}
