import { page } from "fresh";
import { ModelsFrame } from "../../components/models/ModelsFrame.tsx";
import Models from "../../islands/models/Models.tsx";
import { define, readForm, requireFeature } from "../../lib/app/mod.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { isLanguage, textsOf } from "../../lib/shared/texts/mod.ts";
import { act } from "./(_models)/act.ts";
import { pageData } from "./(_models)/page_data.ts";

export const handler = define.handlers({
  async GET({ state, url }) {
    requireFeature(state.services, "models");
    state.title = `${state.t("models.title")} · ${state.t("app.name")}`;
    const data = await pageData(state, url.searchParams);
    return page(data, { status: data.problem ? 503 : 200 });
  },
  /** What the page's buttons do, for browsers without a script. */
  async POST(ctx) {
    const { state, url } = ctx;
    requireFeature(state.services, "models");
    state.title = `${state.t("models.title")} · ${state.t("app.name")}`;
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
  <ModelsFrame t={t}>
    <Models
      data={data}
      texts={textsOf(isLanguage(language) ? language : "en", ["common", "models"])}
      language={language}
    />
  </ModelsFrame>
));
