import { HttpError, page } from "fresh";
import type { NodeEditorData } from "../../../components/settings/nodes/NodeEditor.tsx";
import { PresetTiles } from "../../../components/settings/nodes/PresetTiles.tsx";
import { SectionHeader } from "../../../components/settings/SectionHeader.tsx";
import { SettingsFrame } from "../../../components/settings/SettingsFrame.tsx";
import { define, readForm } from "../../../lib/app/mod.ts";
import { draftOfForm, draftOfPreset } from "../../../lib/client/settings/node_draft.ts";
import { NodePage, nodeTitle, saveNode } from "../(_settings)/node_page.tsx";
import { PRESETS } from "../(_settings)/presets.ts";

export const handler = define.handlers({
  GET({ state, url }) {
    const data = formData(url.searchParams.get("server"));
    const title = data ? nodeTitle(state, data) : state.t("nodes.add");
    state.title = `${title} · ${state.t("app.name")}`;
    return page(data);
  },
  async POST(ctx) {
    const data = formData(ctx.url.searchParams.get("server") ?? "other");
    if (!data) throw new HttpError(404);
    const saved = await saveNode(ctx.state, draftOfForm(await readForm(ctx.req)), data);
    return "id" in saved ? ctx.redirect(`/settings/nodes?added=${encodeURIComponent(saved.id)}`, 303) : saved;
  },
});

/** What can be added; with a server chosen, its form. */
export default define.page<typeof handler>(({ data, state }) => {
  const { t } = state;
  if (data) return <NodePage state={state} data={data} title={nodeTitle(state, data)} />;
  return (
    <SettingsFrame
      t={t}
      section="nodes"
      back={{ href: "/settings/nodes", label: t("settings.nodes") }}
    >
      <SectionHeader title={t("nodes.add")} about={t("nodes.choose")} />
      <PresetTiles t={t} presets={PRESETS} />
    </SettingsFrame>
  );
});

function formData(server: string | null): NodeEditorData | null {
  if (server === null) return null;
  const preset = PRESETS.find(({ id }) => id === server);
  if (!preset) throw new HttpError(404);
  const action = `/settings/nodes/add?server=${preset.id}`;
  return { node: null, draft: draftOfPreset(preset), preset, problem: null, action };
}
