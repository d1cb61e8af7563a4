import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { DashboardApi } from "../../lib/client/dashboard/dashboard_api.ts";
import type { DashboardModel } from "../../lib/client/dashboard/dashboard_model.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import type { DashboardPageData } from "./page_data.ts";

/** What the components of the dashboard share. */
export interface DashboardScopeValue {
  t: Translate;
  /** "en" or "de". */
  language: string;
  data: DashboardPageData;
  api: DashboardApi;
  model: DashboardModel;
  /** Tells of a failure in a toast. */
  report(error: unknown): void;
}

export const DashboardContext = createContext<DashboardScopeValue | null>(null);

/** What the dashboard shares. Throws outside of a `DashboardScope`. */
export function useDashboard(): DashboardScopeValue {
  const value = useContext(DashboardContext);
  if (!value) throw new Error("Cannot use the dashboard's scope outside of a DashboardScope");
  return value;
}
