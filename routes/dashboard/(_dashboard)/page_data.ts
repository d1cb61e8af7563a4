import type { DashboardPageData } from "../../../components/dashboard/page_data.ts";
import { PERIODS } from "../../../components/dashboard/page_data.ts";
import { shownAt, Zone } from "../../../lib/analytics/mod.ts";
import {
  labelled,
  labelledParts,
  operations,
  periodOf,
  pulseOf,
  type State,
  usageOwner,
  validate,
  zoneOf,
} from "../../../lib/app/mod.ts";
import { FreshetError, USAGE_DIMENSIONS, type UsageReport } from "../../../lib/shared/mod.ts";

const FILTERS = ["profile", "from", "to", "period", "zone", "dimension", "value"];

/** What the dashboard is rendered from; where the figures cannot be made, it says why. */
export async function pageData(
  state: State,
  request: Request,
  search: URLSearchParams,
): Promise<DashboardPageData> {
  const { services, principal } = state;
  const named = search.get("by");
  const dimension = USAGE_DIMENSIONS.find((dimension) => dimension === named) ?? "model";
  const query = new URLSearchParams(
    [...search].filter(([name, value]) => FILTERS.includes(name) && value !== ""),
  );
  const data: DashboardPageData = {
    report: null,
    problem: null,
    pulse: null,
    query: query.toString(),
    period: search.has("from") ? "" : PERIODS.find((period) => period === search.get("period")) ?? "30d",
    days: { from: "", to: "" },
    dimension,
    parts: null,
    profiles: await profilesFor(state),
    profileId: search.get("profile") || principal.profileId,
  };
  try {
    const { dimension: only, value = "", profile, ...asked } = validate(
      operations.usage.query ?? never(),
      Object.fromEntries(query),
    );
    const owner = await usageOwner(services, principal, profile);
    const period = periodOf(asked, services.clock.now(), zoneOf(request));
    await services.ledger.flush();
    const [report, pulse] = await Promise.all([
      services.usage.report(owner, period, only && { dimension: only, value }),
      pulseOf(services, owner),
    ]);
    const named = await labelled(services, owner, report);
    return {
      ...data,
      report: named,
      pulse,
      days: daysOf(report),
      parts: await partsOf({ ...state, principal: owner }, named, dimension),
    };
  } catch (error) {
    if (!(error instanceof FreshetError)) throw error;
    return { ...data, problem: error.toBody() };
  }
}

/** Administrators choose among all; for who is alone there is no choice. */
async function profilesFor({ services, principal }: State): Promise<DashboardPageData["profiles"]> {
  if (!principal.scopes.has("admin")) return [];
  const all = await services.profiles.list();
  return all.length > 1 ? all.map(({ id, name }) => ({ id, name })) : [];
}

function never(): never {
  throw new Error("Cannot read the query: its operation has no schema");
}

async function partsOf(
  { services, principal }: State,
  report: UsageReport,
  dimension: DashboardPageData["dimension"],
): Promise<DashboardPageData["parts"]> {
  if (report.only) return null;
  if (dimension !== "chat" && dimension !== "project") return report.parts[dimension] ?? [];
  const parts = await services.usage.pages(principal, report, dimension);
  return await labelledParts(services, principal, dimension, parts);
}

function daysOf({ from, to, zone }: UsageReport): { from: string; to: string } {
  const calendar = new Zone(zone);
  const day = (at: number) => new Date(calendar.localOf(shownAt(at))).toISOString().slice(0, 10);
  return { from: day(from), to: day(to - 1) };
}
