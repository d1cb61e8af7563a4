import { page } from "fresh";
import { DashboardFrame } from "../../components/dashboard/DashboardFrame.tsx";
import { StatementPage, type StatementPageData } from "../../components/dashboard/StatementPage.tsx";
import BrowserZone from "../../islands/dashboard/BrowserZone.tsx";
import PrintButton from "../../islands/dashboard/PrintButton.tsx";
import { shownAt, type Statement, statementOf, wholeHours, Zone } from "../../lib/analytics/mod.ts";
import { define, type State, usageOwner, zoneOf } from "../../lib/app/mod.ts";
import { formatZoneDay } from "../../lib/client/dashboard/figures.ts";
import { FreshetError } from "../../lib/shared/mod.ts";

const NAME_MAX_CHARS = 200;

export const handler = define.handlers({
  async GET({ state, url, req }) {
    state.title = `${state.t("statement.title")} · ${state.t("app.name")}`;
    return page(await statementData(state, req, url.searchParams));
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <DashboardFrame t={t}>
    <BrowserZone used={data.zone} isChosen={data.isZoneChosen} />
    <StatementPage data={data} t={t} language={language} />
    <div class="dashboard dashboard--narrow">
      <p>
        <PrintButton label={t("statement.print")} />
      </p>
    </div>
  </DashboardFrame>
));

async function statementData(
  { services, principal, t, language }: State,
  request: Request,
  query: URLSearchParams,
): Promise<StatementPageData> {
  const { apiKeys, clock, ledger, profiles } = services;
  const owner = await usageOwner(services, principal, query.get("profile") ?? "");
  const all = principal.scopes.has("admin") ? await profiles.list() : [];
  const zone = new Zone(query.get("zone") || zoneOf(request));
  const now = clock.now();
  const month = query.get("month") || new Date(zone.localOf(now)).toISOString().slice(0, 7);
  const { from, to } = wholeHours(monthOf(month, zone));
  const keyId = query.get("key") ?? "";
  const keys = (await apiKeys.list(owner)).map(({ id, name }) => ({ id, name }));
  const day = (at: number) => new Date(zone.localOf(shownAt(at))).toISOString().slice(0, 10);
  await ledger.flush();
  const rows = ledger.rows(owner, { from, to });
  const { models, days, sum }: Statement = await statementOf(rows, day, keyId || undefined);
  const key = keys.find(({ id }) => id === keyId)?.name ?? keyId;
  return {
    month,
    keyId,
    keys,
    profiles: all.length > 1 ? all.map(({ id, name }) => ({ id, name })) : [],
    profileId: owner.profileId,
    name: keyId
      ? t("statement.key", { name: key })
      : t("statement.profile", { name: (await profiles.own(owner)).name }),
    billedTo: (query.get("for") ?? "").slice(0, NAME_MAX_CHARS),
    from: formatZoneDay(shownAt(from), zone.name, language),
    to: formatZoneDay(shownAt(to - 1), zone.name, language),
    zone: zone.name,
    isZoneChosen: query.has("zone"),
    madeAt: formatZoneDay(now, zone.name, language),
    models: models.map(({ model, ...line }) => ({ name: model || t("statement.noModel"), ...line })),
    days: days.map(({ day, ...line }) => ({
      name: formatZoneDay(Date.parse(`${day}T12:00:00Z`), "UTC", language),
      ...line,
    })),
    sum,
  };
}

function monthOf(text: string, zone: Zone): { from: number; to: number } {
  const [, year = "", month = ""] = text.match(/^(\d{4})-(0[1-9]|1[0-2])$/) ?? [];
  if (year === "") {
    throw new FreshetError("invalid_request", `Cannot read "${text.slice(0, 20)}" as a month`, {
      field: "month",
    });
  }
  const start = (months: number) => zone.timeOf(Date.UTC(Number(year), Number(month) - 1 + months, 1));
  return { from: start(0), to: start(1) };
}
