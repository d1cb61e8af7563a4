import type { DashboardPageData } from "../../../components/dashboard/page_data.ts";
import { PERIODS } from "../../../components/dashboard/page_data.ts";
import { Zone } from "../../../lib/analytics/mod.ts";
import {
  labelled,
  labelledParts,
  operations,
  periodOf,
  pulseOf,
  type State,
  validate,
} from "../../../lib/app/mod.ts";
import { FreshetError, USAGE_DIMENSIONS, type UsageReport } from "../../../lib/shared/mod.ts";

const FILTERS = ["from", "to", "period", "zone", "dimension", "value"];

/** What the dashboard is rendered from; where the figures cannot be made, it says why. */
export async function pageData(state: State, search: URLSearchParams): Promise<DashboardPageData> {
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
  };
  try {
    const { dimension: only, value = "", ...asked } = validate(
      operations.usage.query ?? never(),
      Object.fromEntries(query),
    );
    const period = periodOf(asked, services.clock.now());
    await services.ledger.flush();
    const [report, pulse] = await Promise.all([
      services.usage.report(principal, period, only && { dimension: only, value }),
      pulseOf(services, principal),
    ]);
    const named = await labelled(services, principal, report);
    return {
      ...data,
      report: named,
      pulse,
      days: daysOf(report),
      parts: await partsOf(state, named, dimension),
    };
  } catch (error) {
    if (!(error instanceof FreshetError)) throw error;
    return { ...data, problem: error.toBody() };
  }
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
  const day = (at: number) => new Date(calendar.localOf(at)).toISOString().slice(0, 10);
  return { from: day(from), to: day(to - 1) };
}
