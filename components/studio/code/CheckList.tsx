import { formatSeconds } from "../../../lib/client/format.ts";
import type { CheckName, CheckProblem, CheckResult } from "../../../lib/shared/mod.ts";
import { Icon, type IconName } from "../../Icon.tsx";
import { useProject } from "../context.ts";

const ICONS: Readonly<Record<CheckResult["outcome"], IconName>> = {
  passed: "circle-check",
  failed: "circle-alert",
  skipped: "info",
};

/** What the checks of the shown version found, as they come in; a problem opens its file at its line. */
export function CheckList() {
  const { selected, selectedLive, t } = useProject();
  const live = selectedLive.value;
  const report = selected.value?.validation;
  const results = live ? live.results.value : report?.results ?? [];
  const waiting = live
    ? live.checks.value.filter((name) => !results.some(({ check }) => check === name))
    : [];
  const failed = results.filter(({ outcome }) => outcome === "failed");
  const problems = failed.flatMap(({ check, problems }) => problems.map((problem) => ({ check, problem })));
  if (results.length + waiting.length === 0 && report?.outcome !== "not_validated") return null;
  return (
    <details class="checks" open={failed.length > 0}>
      <summary class="checks__summary">
        <Icon name="chevron-right" class="checks__chevron" />
        <span class="checks__title">{t("studio.checks")}</span>
        {report?.outcome === "not_validated" && (
          <span class="muted">{report.reason ?? t("studio.standing.unchecked")}</span>
        )}
        <span class="checks__signs">
          {results.map((result) => <CheckSign key={result.check} result={result} />)}
          {waiting.map((name) => <WaitingSign key={name} name={name} />)}
        </span>
      </summary>
      <ul class="checks__list">
        {problems.map(({ check, problem }, i) => (
          <li key={i}>
            <Problem check={check} problem={problem} />
          </li>
        ))}
        {results.filter(({ message }) => message).map(({ check, message, outcome }) => (
          <li key={check} class={`checks__note checks__note--${outcome}`}>
            {t(`studio.check.${check}`)}: {message}
          </li>
        ))}
        {problems.length === 0 && (
          <li class="checks__note">{t(waiting.length > 0 ? "studio.checking" : "studio.noProblems")}</li>
        )}
      </ul>
    </details>
  );
}

function CheckSign({ result: { check, outcome, durationMs } }: { result: CheckResult }) {
  const { data, t } = useProject();
  const time = formatSeconds(durationMs, data.language);
  return (
    <span class={`check-sign check-sign--${outcome}`} title={`${t(`studio.outcome.${outcome}`)}, ${time}`}>
      <Icon name={ICONS[outcome]} />
      {t(`studio.check.${check}`)}
      <span class="visually-hidden">{t(`studio.outcome.${outcome}`)}</span>
    </span>
  );
}

function WaitingSign({ name }: { name: CheckName }) {
  const { t } = useProject();
  return (
    <span class="check-sign">
      <Icon name="loader-circle" class="spin" />
      {t(`studio.check.${name}`)}
    </span>
  );
}

function Problem({ check, problem }: { check: CheckName; problem: CheckProblem }) {
  const { code, t } = useProject();
  const { path, line, column, message } = problem;
  const place = path === undefined ? "" : `${path}${line === undefined ? "" : `:${line}`}`;
  return (
    <button
      type="button"
      class="check-problem"
      disabled={path === undefined}
      onClick={() =>
        path !== undefined &&
        code.open(path, {
          ...(line === undefined ? {} : { line }),
          ...(column === undefined ? {} : { column }),
        })}
    >
      <Icon name="circle-alert" />
      <span class="check-problem__message">{message}</span>
      <span class="check-problem__place">{place || t(`studio.check.${check}`)}</span>
    </button>
  );
}
