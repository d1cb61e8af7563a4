import { HttpError, page } from "fresh";
import type { NodeEditorData } from "../../../components/settings/nodes/NodeEditor.tsx";
import { define, readForm, type State } from "../../../lib/app/mod.ts";
import { draftOfForm, draftOfNode } from "../../../lib/client/settings/node_draft.ts";
import { NodePage, nodeTitle, saveNode } from "../(_settings)/node_page.tsx";

export const handler = define.handlers({
  async GET({ state, params }) {
    const data = await editorData(state, params["id"] ?? "");
    state.title = `${nodeTitle(state, data)} · ${state.t("app.name")}`;
    return page(data);
  },
  async POST(ctx) {
    const data = await editorData(ctx.state, ctx.params["id"] ?? "");
    const saved = await saveNode(ctx.state, draftOfForm(await readForm(ctx.req)), data);
    return "id" in saved ? ctx.redirect(`/settings/nodes?saved=${encodeURIComponent(saved.id)}`, 303) : saved;
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <NodePage state={state} data={data} title={nodeTitle(state, data)} />
));

/** The form of a node that may be changed here; the others have none. */
async function editorData({ services, principal }: State, id: string): Promise<NodeEditorData> {
  const node = await services.nodes.registry.get(principal, id);
  if (node.origin === "builtin" || node.origin === "config") throw new HttpError(404);
  const action = `/settings/nodes/${encodeURIComponent(id)}`;
  return { node, draft: draftOfNode(node), preset: null, problem: null, action };
}
