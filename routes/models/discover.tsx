import { page } from "fresh";
import { ModelsFrame } from "../../components/models/ModelsFrame.tsx";
import Market from "../../islands/models/Market.tsx";
import { define, readForm, requireFeature, type State } from "../../lib/app/mod.ts";
import { marketFilterOf } from "../../lib/client/models/market_filter.ts";
import { catalogue } from "../../lib/models/mod.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { isLanguage, textsOf } from "../../lib/shared/texts/mod.ts";
import { act } from "./(_models)/act.ts";
import { pageData, type Refusal } from "./(_models)/page_data.ts";

export const handler = define.handlers({
  async GET({ state, url }) {
    requireFeature(state.services, "models");
    const data = await marketData(state, url);
    return page(data, { status: data.problem ? 503 : 200 });
  },
  /** What the page's buttons do, for browsers without a script. */
  async POST(ctx) {
    const { state, url } = ctx;
    requireFeature(state.services, "models");
    const form = await readForm(ctx.req);
    try {
      await act(state, form);
      return ctx.redirect(url.pathname + url.search, 303);
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      return page(await marketData(state, url, { form, error }), { status: error.status });
    }
  },
});

async function marketData(state: State, url: URL, refusal?: Refusal) {
  state.title = `${state.t("models.market.title")} · ${state.t("app.name")}`;
  const data = await pageData(state, new URLSearchParams(), refusal);
  return { ...data, market: catalogue(), marketFilter: marketFilterOf(url.searchParams) };
}

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <ModelsFrame t={t}>
    <Market
      data={data}
      texts={textsOf(isLanguage(language) ? language : "en", ["common", "models"])}
      language={language}
    />
  </ModelsFrame>
));
