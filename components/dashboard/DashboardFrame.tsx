import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Header } from "../layout/Header.tsx";

/** The frame of the dashboard, its statement and its prices. */
export function DashboardFrame({ t, children }: { t: Translate; children: ComponentChildren }) {
  return (
    <>
      <Head>
        <link rel="stylesheet" href={asset("/css/dashboard.css")} />
      </Head>
      <a class="skip-link" href="#content">{t("skipToContent")}</a>
      <div class="app app--plain" data-sidebar="closed" data-panel="closed">
        <Header t={t} area="dashboard" />
        <main id="content" class="main dashboard-main" tabIndex={-1}>{children}</main>
      </div>
    </>
  );
}
