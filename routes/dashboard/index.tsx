import { page } from "fresh";
import { DashboardFrame } from "../../components/dashboard/DashboardFrame.tsx";
import BrowserZone from "../../islands/dashboard/BrowserZone.tsx";
import Dashboard from "../../islands/dashboard/Dashboard.tsx";
import { define } from "../../lib/app/mod.ts";
import { ERROR_STATUS } from "../../lib/shared/mod.ts";
import { isLanguage, textsOf } from "../../lib/shared/texts/mod.ts";
import { pageData } from "./(_dashboard)/page_data.ts";

export const handler = define.handlers({
  async GET({ state, url, req }) {
    state.title = `${state.t("dashboard.title")} · ${state.t("app.name")}`;
    const data = await pageData(state, req, url.searchParams);
    return page(data, { status: data.problem ? ERROR_STATUS[data.problem.code] : 200 });
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <DashboardFrame t={t}>
    {data.report && <BrowserZone used={data.report.zone} isChosen={/(^|&)zone=/.test(data.query)} />}
    <Dashboard
      data={data}
      texts={textsOf(isLanguage(language) ? language : "en", ["common", "dashboard"])}
      language={language}
    />
  </DashboardFrame>
));
