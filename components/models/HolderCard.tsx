import { type ModelHolder, speaksOpenAI } from "../../lib/shared/mod.ts";
import { ariaState } from "../aria.ts";
import { Icon, type IconName } from "../Icon.tsx";
import { useModels } from "./context.ts";
import { CopyForm } from "./CopyForm.tsx";
import { HolderForm } from "./HolderForm.tsx";
import { HolderMarks } from "./HolderMarks.tsx";
import { memoryWords } from "./model_words.ts";
import { StayForm } from "./StayForm.tsx";

/** A model on one node: whether it is in memory, and what can be done with it there. */
export function HolderCard({ model, holder }: { model: string; holder: ModelHolder }) {
  const { canManage, t, language } = useModels();
  const { nodeId, nodeName, kind, can, isOnline, loaded } = holder;
  const isManaged = can.length > 0;
  const light = !isOnline ? "offline" : loaded ? "healthy" : "";
  return (
    <section class="model-holder" aria-label={nodeName}>
      <p class="model-holder__state">
        <span class={light ? `light light--${light}` : "light"} aria-hidden="true" />
        <strong>{nodeName}</strong>
        <span class="muted">{isOnline ? memoryWords(holder, t, language) : t("models.offline")}</span>
        <HolderMarks holder={holder} />
      </p>
      {!isManaged && kind !== "ollama" && <p class="muted model-holder__only">{t(`models.only.${kind}`)}</p>}
      {isManaged && canManage && isOnline && <Actions model={model} holder={holder} />}
      {canManage && hasServerPage(kind) && (
        <a class="model-holder__server" href={`/models/servers/${encodeURIComponent(nodeId)}`}>
          {t("models.toServer", { node: nodeName })}
        </a>
      )}
    </section>
  );
}

function hasServerPage(kind: ModelHolder["kind"]): boolean {
  return kind !== "openai" && speaksOpenAI(kind);
}

function Actions({ model, holder }: { model: string; holder: ModelHolder }) {
  const { open, toasts, t } = useModels();
  const { nodeId, nodeName, loaded, can } = holder;
  const at = { nodeId, model };
  const say = (text: string) => toasts.show({ kind: "success", message: text });
  const load = async (keepAlive?: number) => {
    if (await open.load(at, keepAlive)) say(t("models.done.load", { model }));
  };
  const unload = async () => {
    if (await open.unload(at)) say(t("models.done.unload", { model }));
  };
  return (
    <div role="group" aria-label={t("models.on", { model, node: nodeName })} class="model-holder__actions">
      <div class="node-actions">
        {loaded !== false && can.includes("unload") && (
          <Action at={at} intent="unload" icon="power" label={t("models.unload")} run={unload} />
        )}
        {!loaded && can.includes("load") && (
          <Action
            at={at}
            intent="load"
            icon="zap"
            label={t("models.load")}
            {...(can.includes("keep") ? { hint: t("models.load.hint") } : {})}
            run={() => load()}
          />
        )}
        {!loaded && can.includes("keep") && (
          <Action
            at={at}
            intent="keep"
            icon="pin"
            label={t("models.keep")}
            hint={t("models.keep.hint")}
            run={() => load(-1)}
          />
        )}
        {can.includes("delete") && (
          <a
            class="button button--small button--danger"
            href={`/models?${new URLSearchParams({ model, delete: nodeId })}`}
            onClick={(event) => {
              event.preventDefault();
              open.askToDelete(at);
            }}
          >
            <Icon name="trash-2" />
            {t("models.delete")}
          </a>
        )}
      </div>
      {can.includes("keep") && <StayForm model={model} holder={holder} />}
      {can.includes("copy") && <CopyForm model={model} nodeId={nodeId} />}
    </div>
  );
}

function Action({ at, intent, icon, label, hint, run }: {
  at: { nodeId: string; model: string };
  /** As the form says it. */
  intent: string;
  icon: IconName;
  label: string;
  hint?: string;
  run: () => Promise<void>;
}) {
  const { open } = useModels();
  const isBusy = open.busy.value !== null;
  const isRunning = open.busy.value === `${intent === "keep" ? "load" : intent} ${at.nodeId}`;
  return (
    <HolderForm at={at} intent={intent} run={() => void (isBusy || run())}>
      <button type="submit" class="button button--small" title={hint} aria-disabled={ariaState(isBusy)}>
        <Icon name={isRunning ? "loader-circle" : icon} class={isRunning ? "spin" : ""} />
        {label}
      </button>
    </HolderForm>
  );
}
