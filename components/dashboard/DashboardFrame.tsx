import type { ComponentChildren } from "preact";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { PageFrame, stylesOf } from "../layout/PageFrame.tsx";

/** The frame of the dashboard, its statement and its prices. */
export function DashboardFrame({ t, children }: { t: Translate; children: ComponentChildren }) {
  return (
    <PageFrame t={t} area="dashboard" styles={stylesOf("dashboard")} main="dashboard-main">
      {children}
    </PageFrame>
  );
}
