import { page } from "fresh";
import { ModelsFrame } from "../../../components/models/ModelsFrame.tsx";
import { ServerPage } from "../../../components/models/servers/ServerPage.tsx";
import { requireScope } from "../../../lib/access/mod.ts";
import { define, readForm, requireFeature } from "../../../lib/app/mod.ts";
import { FreshetError } from "../../../lib/shared/mod.ts";
import { actOnServer } from "../(_models)/server_act.ts";
import { serverPageData } from "../(_models)/server_page_data.ts";

export const handler = define.handlers({
  async GET({ state, url, params }) {
    requireFeature(state.services, "models");
    requireScope(state.principal, "admin");
    const data = await serverPageData(state, params.id ?? "", url.searchParams);
    return page(data, { status: data.problem ? 502 : 200 });
  },
  async POST(ctx) {
    const { state, params } = ctx;
    requireFeature(state.services, "models");
    requireScope(state.principal, "admin");
    const form = await readForm(ctx.req);
    try {
      return ctx.redirect(await actOnServer(state, params.id ?? "", form), 303);
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      const data = await serverPageData(state, params.id ?? "", new URLSearchParams(), { form, error });
      return page(data, { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <ModelsFrame t={t} styles={["models-servers"]}>
    <ServerPage data={data} t={t} language={language} />
  </ModelsFrame>
));
