import { useEffect, useMemo } from "preact/hooks";
import { listen } from "../../../lib/client/settings/listen.ts";
import { NodesModel } from "../../../lib/client/settings/nodes_model.ts";
import type { NodeView } from "../../../lib/shared/mod.ts";
import { ConfirmDialog } from "../../ConfirmDialog.tsx";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";
import { Notice } from "../Notice.tsx";
import { SectionHeader } from "../SectionHeader.tsx";
import { LookButton, LookResult } from "./LookAround.tsx";
import { NodeCard } from "./NodeCard.tsx";
import { NoServers } from "./NoServers.tsx";

/** What the list of model servers is rendered from. */
export interface NodeListData {
  nodes: NodeView[];
  /** The node that the page asks about removing. */
  removing: string | null;
  /** The node that was just added or saved. */
  saved: { id: string; isNew: boolean } | null;
  /** What was refused of a posted form. */
  problem: string | null;
  /** Whether servers may be looked for. */
  canLook: boolean;
  /** The ports that are looked at. */
  ports: string;
}

/** The model servers, and what can be done with them. */
export function NodeList({ data }: { data: NodeListData }) {
  const { t, toasts } = useSettings();
  const model = useNodes(data);
  const nodes = model.nodes.value;
  const removing = model.find(model.confirming.value);
  const remove = async (id: string, name: string) => {
    if (!await model.delete(id)) return;
    toasts.show({ kind: "success", message: t("nodes.deleted", { name }) });
    document.getElementById("section-title")?.focus();
  };
  return (
    <>
      <SectionHeader title={t("settings.nodes")} about={t("nodes.intro")} />
      <Outcome data={data} model={model} />
      <div class="settings-actions">
        <a class="button button--primary" href="/settings/nodes/add">
          <Icon name="plus" />
          {t("nodes.add")}
        </a>
        {data.canLook && <LookButton model={model} />}
      </div>
      {data.canLook
        ? <LookResult model={model} ports={data.ports} />
        : <p class="look-result">{t("nodes.lookOff")}</p>}
      {nodes.every(({ kind }) => kind === "sketch") && <NoServers t={t} />}
      {nodes.length > 0 && (
        <ul class="nodes" aria-label={t("nodes.list")}>
          {nodes.map((node) => <NodeCard key={node.id} node={node} model={model} />)}
        </ul>
      )}
      {removing && (
        <ConfirmDialog
          title={t("nodes.delete.title", { name: removing.name })}
          text={t("nodes.delete.text")}
          confirm={t("nodes.delete")}
          cancel={t("cancel")}
          cancelHref="/settings/nodes"
          action="/settings/nodes"
          fields={{ intent: "remove", id: removing.id }}
          onConfirm={() => remove(removing.id, removing.name)}
          onCancel={() => void (model.confirming.value = null)}
        />
      )}
    </>
  );
}

function Outcome({ data: { problem, saved }, model }: { data: NodeListData; model: NodesModel }) {
  const { t } = useSettings();
  const name = model.find(saved?.id ?? null)?.name;
  if (problem) return <Notice kind="error">{problem}</Notice>;
  if (!saved || name === undefined) return null;
  return <Notice kind="success">{t(saved.isNew ? "nodes.added" : "nodes.saved", { name })}</Notice>;
}

function useNodes(data: NodeListData): NodesModel {
  const { api, report } = useSettings();
  const model = useMemo(
    () => new NodesModel({ nodes: data.nodes, confirming: data.removing, api, onError: report }),
    [],
  );
  useEffect(() => {
    // A reload of the page does not say again what was done.
    if (location.search !== "") history.replaceState(null, "", location.pathname);
    const reload = () => void model.reload().catch(report);
    return listen({ onEvent: (event) => event.type === "nodes:changed" && reload(), onCatchUp: reload });
  }, []);
  return model;
}
