import { useEffect, useMemo, useState } from "preact/hooks";
import { listen } from "../../../lib/client/settings/listen.ts";
import { NodeForm } from "../../../lib/client/settings/node_form.ts";
import type { NodeDraft, ServerPreset } from "../../../lib/client/settings/node_draft.ts";
import { type ErrorBody, type NodeInfo, speaksOpenAI } from "../../../lib/shared/mod.ts";
import { ConfirmDialog } from "../../ConfirmDialog.tsx";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";
import { Notice } from "../Notice.tsx";
import { TextField } from "../TextField.tsx";
import { KeyField } from "./KeyField.tsx";
import { KindField } from "./KindField.tsx";
import { MoreFields } from "./MoreFields.tsx";
import { TryOutcome } from "./TryOutcome.tsx";

/** What the form for a model server is rendered from. */
export interface NodeEditorData {
  /** The node that is edited; null for a new one. */
  node: NodeInfo | null;
  draft: NodeDraft;
  preset: ServerPreset | null;
  problem: ErrorBody | null;
  /** Where the form is posted. */
  action: string;
}

/** Adds a model server, or changes one. */
export function NodeEditor({ data }: { data: NodeEditorData }) {
  const { node, preset, action } = data;
  const { t, api, report } = useSettings();
  const form = useMemo(() =>
    new NodeForm({
      node,
      draft: data.draft,
      problem: data.problem,
      api,
      onSaved: ({ id }) =>
        location.assign(`/settings/nodes?${node ? "saved" : "added"}=${encodeURIComponent(id)}`),
      onError: report,
    }), []);
  useEffect(() => listen({}), []);
  const draft = form.draft.value;
  const problem = form.problem.value;
  const isTrying = form.tried.value === "running";
  const isSaving = form.saving.value;
  const choosesKind = node !== null || preset?.id === "other";
  const problemOf = (field: keyof NodeDraft) => problem?.field === field ? problem.message : undefined;
  const isElsewhere = problem && !(problem.field !== undefined && problem.field in draft);
  return (
    <>
      {isElsewhere && <Notice kind="error">{problem.message}</Notice>}
      <form
        class="settings-form settings-card settings-card--padded"
        method="post"
        action={action}
        onSubmit={(event) => {
          event.preventDefault();
          void form.save();
        }}
      >
        <TextField
          name="name"
          label={t("nodes.field.name")}
          hint={t("nodes.field.name.hint")}
          value={draft.name}
          maxLength={100}
          required
          problem={problemOf("name")}
          onInput={(name) => form.change({ name })}
        />
        {choosesKind ? <KindField form={form} /> : <input type="hidden" name="kind" value={draft.kind} />}
        {!preset?.hosted && <AddressField form={form} problem={problemOf("baseUrl")} />}
        <KeyField form={form} node={node} preset={preset} problem={problemOf("apiKey")} />
        <MoreFields form={form} problemOf={problemOf}>
          {preset?.hosted && <AddressField form={form} problem={problemOf("baseUrl")} isHidden />}
        </MoreFields>
        <TryOutcome result={form.tried.value} />
        <div class="settings-form__buttons">
          <button type="submit" class="button button--primary" aria-disabled={ariaState(isSaving)}>
            {isSaving ? t("nodes.saving") : node ? t("nodes.save") : t("nodes.addIt")}
          </button>
          <button
            type="button"
            class="button needs-script"
            aria-disabled={ariaState(isTrying)}
            onClick={(event) => {
              if (!isTrying && event.currentTarget.form?.reportValidity()) void form.try();
            }}
          >
            <Icon name={isTrying ? "loader-circle" : "zap"} class={isTrying ? "spin" : ""} />
            {t(isTrying ? "nodes.trying" : "nodes.try")}
          </button>
          <a class="button button--quiet" href="/settings/nodes">{t("cancel")}</a>
        </div>
      </form>
      {node && <RemoveNode node={node} action={action} />}
    </>
  );
}

function AddressField({ form, problem, isHidden = false }: {
  form: NodeForm;
  problem: string | undefined;
  /** Within what may be closed the browser cannot point at it: then the server says that it lacks. */
  isHidden?: boolean;
}) {
  const { t } = useSettings();
  const { baseUrl, kind } = form.draft.value;
  return (
    <TextField
      name="baseUrl"
      type="url"
      label={t("nodes.field.baseUrl")}
      hint={t(speaksOpenAI(kind) ? "nodes.field.baseUrl.hintOpenai" : "nodes.field.baseUrl.hint")}
      value={baseUrl}
      required={!isHidden}
      problem={problem}
      onInput={(baseUrl) => form.change({ baseUrl })}
    />
  );
}

function RemoveNode({ node, action }: { node: NodeInfo; action: string }) {
  const { t, api, report } = useSettings();
  const [asking, setAsking] = useState(false);
  const remove = async () => {
    setAsking(false);
    try {
      await api.deleteNode(node.id);
      location.assign("/settings/nodes");
    } catch (error) {
      report(error);
    }
  };
  return (
    <>
      <form
        class="settings-reset"
        method="get"
        action="/settings/nodes"
        onSubmit={(event) => {
          event.preventDefault();
          setAsking(true);
        }}
      >
        <button type="submit" class="button button--quiet button--danger" name="remove" value={node.id}>
          <Icon name="trash-2" />
          {t("nodes.deleteOne", { name: node.name })}
        </button>
      </form>
      {asking && (
        <ConfirmDialog
          title={t("nodes.delete.title", { name: node.name })}
          text={t("nodes.delete.text")}
          confirm={t("nodes.delete")}
          cancel={t("cancel")}
          cancelHref={action}
          action="/settings/nodes"
          fields={{ intent: "remove", id: node.id }}
          onConfirm={remove}
          onCancel={() => setAsking(false)}
        />
      )}
    </>
  );
}
