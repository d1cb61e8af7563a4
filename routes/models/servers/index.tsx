import { page } from "fresh";
import { ModelsFrame } from "../../../components/models/ModelsFrame.tsx";
import { ServersPage } from "../../../components/models/servers/ServersPage.tsx";
import { define, requireFeature } from "../../../lib/app/mod.ts";

export const handler = define.handlers({
  async GET({ state }) {
    const { services, principal } = state;
    requireFeature(services, "models");
    state.title = `${state.t("models.view.servers")} · ${state.t("app.name")}`;
    const servers = await services.models.servers.list(principal);
    return page({ servers, canManage: principal.scopes.has("admin") });
  },
});

export default define.page<typeof handler>(({ data, state: { t } }) => (
  <ModelsFrame t={t} styles={["models-servers"]}>
    <ServersPage data={data} t={t} />
  </ModelsFrame>
));
