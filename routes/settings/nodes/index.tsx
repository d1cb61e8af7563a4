import { page } from "fresh";
import type { NodeListData } from "../../../components/settings/nodes/NodeList.tsx";
import { SettingsFrame } from "../../../components/settings/SettingsFrame.tsx";
import SettingsNodes from "../../../islands/settings/SettingsNodes.tsx";
import { define, readForm, type State } from "../../../lib/app/mod.ts";
import { FreshetError } from "../../../lib/shared/mod.ts";
import { LOOKED_AT_PORTS } from "../(_settings)/presets.ts";
import { islandProps } from "../(_settings)/texts.ts";

export const handler = define.handlers({
  async GET({ state, url }) {
    state.title = `${state.t("settings.nodes")} · ${state.t("app.name")}`;
    return page(await listData(state, url.searchParams));
  },
  /** What the list's buttons do, for browsers without a script. */
  async POST(ctx) {
    const form = await readForm(ctx.req);
    try {
      await act(ctx.state, form.get("intent"), form.get("id") ?? "");
      return ctx.redirect("/settings/nodes", 303);
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      const data = await listData(ctx.state, new URLSearchParams());
      return page({ ...data, problem: error.message }, { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <SettingsFrame t={t} section="nodes">
    <SettingsNodes data={data} {...islandProps(language, "nodes")} />
  </SettingsFrame>
));

async function listData({ services, principal }: State, query: URLSearchParams): Promise<NodeListData> {
  const id = query.get("added") ?? query.get("saved");
  return {
    nodes: await services.nodes.catalog.views(principal),
    removing: query.get("remove"),
    saved: id === null ? null : { id, isNew: query.has("added") },
    problem: null,
    canLook: services.config.features.discovery,
    ports: LOOKED_AT_PORTS,
  };
}

async function act({ services, principal }: State, intent: string | null, id: string): Promise<void> {
  const { nodes } = services;
  switch (intent) {
    case "enable":
    case "disable":
      await nodes.update(principal, id, { enabled: intent === "enable" });
      return;
    case "remove":
      await nodes.delete(principal, id);
      return;
    case "look":
      await nodes.discover(principal);
      return;
    default:
      throw new FreshetError("invalid_request", "The form does not say what to do");
  }
}
