import { page } from "fresh";
import type { NodeEditorData } from "../../../components/settings/nodes/NodeEditor.tsx";
import { SectionHeader } from "../../../components/settings/SectionHeader.tsx";
import { SettingsFrame } from "../../../components/settings/SettingsFrame.tsx";
import SettingsNodeEditor from "../../../islands/settings/SettingsNodeEditor.tsx";
import { operations, type State, validate } from "../../../lib/app/mod.ts";
import { nodeBodyOf, type NodeDraft } from "../../../lib/client/settings/node_draft.ts";
import { type ErrorBody, FreshetError, type NodeInfo } from "../../../lib/shared/mod.ts";
import type { TextKey } from "../../../lib/shared/texts/mod.ts";
import { islandProps } from "./texts.ts";

/** The page around the form for a model server. */
export function NodePage({ state, data, title }: { state: State; data: NodeEditorData; title: string }) {
  const { t, language } = state;
  return (
    <SettingsFrame
      t={t}
      section="nodes"
      back={data.node
        ? { href: "/settings/nodes", label: t("settings.nodes") }
        : { href: "/settings/nodes/add", label: t("nodes.add") }}
    >
      <SectionHeader title={title} />
      <SettingsNodeEditor data={data} {...islandProps(language, "nodes")} />
    </SettingsFrame>
  );
}

/** What the form is called. */
export function nodeTitle({ t }: State, { node, preset }: NodeEditorData): string {
  const key: TextKey = node
    ? "nodes.title.edit"
    : preset?.id === "other"
    ? "nodes.title.addOther"
    : "nodes.title.add";
  return t(key, { name: node?.name ?? preset?.name ?? "" });
}

/** Adds or changes a node as a posted form says; its page again, without the key, where that is refused. */
export async function saveNode({ services, principal }: State, draft: NodeDraft, data: NodeEditorData) {
  try {
    return await keep();
  } catch (error) {
    if (!(error instanceof FreshetError)) throw error;
    const problem: ErrorBody = error.toBody();
    return page({ ...data, draft: { ...draft, apiKey: "" }, problem }, { status: error.status });
  }

  async function keep(): Promise<NodeInfo> {
    const { createNode: { body: newSchema }, updateNode: { body: patchSchema } } = operations;
    if (!newSchema || !patchSchema) throw new Error("Cannot check a node: the operation has no schema");
    const body = nodeBodyOf(draft);
    return data.node
      ? await services.nodes.update(principal, data.node.id, validate(patchSchema, body))
      : await services.nodes.registry.create(principal, validate(newSchema, body));
  }
}
