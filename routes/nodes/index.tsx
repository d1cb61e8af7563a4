import { page } from "fresh";
import { NodesFrame } from "../../components/nodes/NodesFrame.tsx";
import Nodes from "../../islands/nodes/Nodes.tsx";
import { define, readForm } from "../../lib/app/mod.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { isLanguage, textsOf } from "../../lib/shared/texts/mod.ts";
import { act } from "./(_nodes)/act.ts";
import { pageData } from "./(_nodes)/page_data.ts";

export const handler = define.handlers({
  async GET({ state, url }) {
    state.title = `${state.t("nodesPage.title")} · ${state.t("app.name")}`;
    const data = await pageData(state, url.searchParams);
    return page(data, { status: data.problem ? 503 : 200 });
  },
  /** What the page's buttons do, for browsers without a script. */
  async POST(ctx) {
    const { state, url } = ctx;
    state.title = `${state.t("nodesPage.title")} · ${state.t("app.name")}`;
    const form = await readForm(ctx.req);
    try {
      await act(state, form);
      return ctx.redirect(url.pathname + url.search, 303);
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      return page(await pageData(state, url.searchParams, { form, error }), { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <NodesFrame t={t}>
    <Nodes
      data={data}
      texts={{
        ...textsOf(isLanguage(language) ? language : "en", ["common", "nodes", "nodesPage"]),
        "settings.newTab": t("settings.newTab"),
      }}
      language={language}
    />
  </NodesFrame>
));
