import { formatCount } from "../../lib/client/format.ts";
import { NANO } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { BackLink } from "../layout/BackLink.tsx";

interface Line {
  name: string;
  calls: number;
  promptTokens: number;
  completionTokens: number;
  costNano: number;
}

/** What a statement is rendered from. */
export interface StatementPageData {
  /** As `2026-11`. */
  month: string;
  /** "" for the whole profile. */
  keyId: string;
  keys: { id: string; name: string }[];
  /** Those whose statements may be looked at; none where there is no choice. */
  profiles: { id: string; name: string }[];
  profileId: string;
  /** Whom it is for. */
  name: string;
  /** Who is billed, as it was typed in. */
  billedTo: string;
  /** The first and the last day, and when it was made, in words. */
  from: string;
  to: string;
  zone: string;
  /** Whether the zone stands in the page's address. */
  isZoneChosen: boolean;
  madeAt: string;
  models: Line[];
  days: Line[];
  sum: Omit<Line, "name">;
}

/** What a profile or a key used in a month, to be printed. */
export function StatementPage(
  { data, t, language }: { data: StatementPageData; t: Translate; language: string },
) {
  return (
    <div class="dashboard dashboard--narrow">
      <nav>
        <BackLink href="/dashboard" label={t("dashboard.back")} />
      </nav>
      <Choice data={data} t={t} />
      <article class="dashboard-card statement">
        <header class="statement__head">
          <div>
            <h1>{t("statement.title")}</h1>
            <p class="statement__for">{data.name}</p>
            <p class="muted">
              {t("statement.period", { from: data.from, to: data.to, zone: data.zone })}
            </p>
          </div>
          <div>
            <p class="muted">{t("statement.made", { at: data.madeAt })}</p>
            {data.billedTo && <p class="statement__lines">{t("statement.for")}: {data.billedTo}</p>}
          </div>
        </header>
        {data.sum.calls === 0 ? <p>{t("statement.none")}</p> : (
          <>
            <Lines
              first={t("statement.position")}
              lines={data.models}
              sum={data.sum}
              t={t}
              language={language}
            />
            <h2>{t("statement.byDay")}</h2>
            <Lines first={t("statement.day")} lines={data.days} sum={data.sum} t={t} language={language} />
          </>
        )}
        <p class="muted">{t("statement.note")}</p>
      </article>
    </div>
  );
}

function Choice({ data, t }: { data: StatementPageData; t: Translate }) {
  return (
    <form class="period-bar__form" method="get" action="/dashboard/statement">
      <label class="period-bar__field">
        <span>{t("statement.month")}</span>
        <input class="field__control" type="month" name="month" value={data.month} required />
      </label>
      {data.profiles.length > 0 && (
        <label class="period-bar__field">
          <span>{t("dashboard.profile")}</span>
          <select class="field__control" name="profile">
            {data.profiles.map(({ id, name }) => (
              <option key={id} value={id} selected={id === data.profileId}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <label class="period-bar__field">
        <span>{t("statement.of")}</span>
        <select class="field__control" name="key">
          <option value="">{t("statement.everybody")}</option>
          {data.keys.map(({ id, name }) => (
            <option key={id} value={id} selected={id === data.keyId}>{name}</option>
          ))}
        </select>
      </label>
      <label class="period-bar__field">
        <span>{t("statement.for")}</span>
        <input class="field__control" name="for" value={data.billedTo} maxLength={200} />
      </label>
      {data.isZoneChosen && <input type="hidden" name="zone" value={data.zone} />}
      <button type="submit" class="button">{t("statement.show")}</button>
    </form>
  );
}

function Lines({ first, lines, sum, t, language }: {
  first: string;
  lines: readonly Line[];
  sum: Omit<Line, "name">;
  t: Translate;
  language: string;
}) {
  return (
    <div class="chart__scroll statement__table" tabIndex={0} role="region" aria-label={first}>
      <table class="figures">
        <thead>
          <tr>
            <th scope="col">{first}</th>
            <th scope="col">{t("statement.calls")}</th>
            <th scope="col">{t("statement.prompt")}</th>
            <th scope="col">{t("statement.completion")}</th>
            <th scope="col">{t("statement.amount")}</th>
          </tr>
        </thead>
        <tbody>{lines.map((line) => <LineRow key={line.name} line={line} language={language} />)}</tbody>
        <tfoot>
          <LineRow line={{ name: t("statement.sum"), ...sum }} language={language} />
        </tfoot>
      </table>
    </div>
  );
}

function LineRow({ line, language }: { line: Line; language: string }) {
  return (
    <tr>
      <th scope="row">{line.name}</th>
      <td>{formatCount(line.calls, language)}</td>
      <td>{formatCount(line.promptTokens, language)}</td>
      <td>{formatCount(line.completionTokens, language)}</td>
      <td>{exactDollars(line.costNano, language)}</td>
    </tr>
  );
}

/** Whole, so that the lines are seen to add up. */
function exactDollars(nano: number, language: string): string {
  const digits = { minimumFractionDigits: 2, maximumFractionDigits: 9 };
  return new Intl.NumberFormat(language, digits).format(nano / NANO);
}
