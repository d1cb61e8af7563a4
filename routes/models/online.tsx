import { page } from "fresh";
import { ModelsFrame } from "../../components/models/ModelsFrame.tsx";
import { OnlinePage, type OnlinePageData } from "../../components/models/online/OnlinePage.tsx";
import { define, readForm, requireFeature, type State } from "../../lib/app/mod.ts";
import { FreshetError, ONLINE_SOURCES } from "../../lib/shared/mod.ts";

export const handler = define.handlers({
  /** Only shows the form: addresses ask nobody. */
  async GET({ state, url }) {
    requireFeature(state.services, "models");
    return page(await onlineData(state, url.searchParams));
  },
  async POST(ctx) {
    const { state } = ctx;
    requireFeature(state.services, "models");
    const data = await onlineData(state, await readForm(ctx.req));
    try {
      const results = await state.services.models.online.search(state.principal, data.source, data.query);
      return page({ ...data, results });
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      return page({ ...data, problem: error.toBody() }, { status: error.status });
    }
  },
});

async function onlineData(state: State, fields: URLSearchParams): Promise<OnlinePageData> {
  const { services: { models }, principal, t } = state;
  state.title = `${t("models.view.online")} · ${t("app.name")}`;
  const { models: installed, targets } = await models.installed(principal);
  const target = targets.find(({ nodeId }) => nodeId === fields.get("node")) ?? targets[0];
  const there = installed.filter(({ holders }) => holders.some(({ nodeId }) => nodeId === target?.nodeId));
  return {
    isOn: models.online.isOn,
    canManage: principal.scopes.has("admin"),
    query: fields.get("q")?.trim() ?? "",
    source: ONLINE_SOURCES.find((source) => source === fields.get("source")) ?? "ollama",
    targets,
    target,
    there: new Set(there.map(({ id }) => id)),
    results: null,
    problem: null,
  };
}

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <ModelsFrame t={t} styles={["models-servers"]}>
    <OnlinePage data={data} t={t} language={language} />
  </ModelsFrame>
));
