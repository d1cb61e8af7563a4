import { useEffect, useRef } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { formatBytes, formatCount, formatWindow } from "../../lib/client/format.ts";
import type { InstalledModel } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { showBeside } from "../show_beside.ts";
import { useModels } from "./context.ts";
import { HolderCard } from "./HolderCard.tsx";
import { capabilityWords, speedWords, usedWords } from "./model_words.ts";
import { ModelViews } from "./ModelViews.tsx";
import { ServerDetails } from "./ServerDetails.tsx";

/** The details of a model: its figures, what can be done with it on each node, and what its server tells. */
export function ModelPanel({ model }: { model: InstalledModel }) {
  const { open, t } = useModels();
  const dialog = useRef<HTMLDialogElement>(null);
  const { id, holders } = model;
  const close = () => {
    open.close();
    // The dialog goes with the next rendering, and the focus with it.
    requestAnimationFrame(() => document.getElementById(`model-${id}`)?.focus());
  };
  useEffect(() => (dialog.current ? showBeside(dialog.current, "#model-panel-title") : undefined), []);
  return (
    <dialog
      ref={dialog}
      class="node-panel"
      open={!IS_BROWSER}
      aria-labelledby="model-panel-title"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => event.target === dialog.current && dialog.current?.matches(":modal") && close()}
    >
      <div class="node-panel__body">
        <header class="node-panel__head">
          <h2 id="model-panel-title" tabIndex={-1}>{id}</h2>
          <a
            class="icon-button"
            href="/models"
            aria-label={t("models.close")}
            onClick={(event) => {
              event.preventDefault();
              close();
            }}
          >
            <Icon name="x" />
          </a>
        </header>
        <ModelViews model={model} />
        <Facts model={model} />
        {holders.map((holder) => <HolderCard key={holder.nodeId} model={id} holder={holder} />)}
        {holders.some(({ can }) => can.includes("show")) && <ServerDetails />}
      </div>
    </dialog>
  );
}

function Facts({ model }: { model: InstalledModel }) {
  const { now, t, language } = useModels();
  const { sizeBytes, parameters, quantization, contextLength, family, capabilities, use } = model;
  const facts: [string, string | undefined][] = [
    [t("models.column.size"), sizeBytes ? formatBytes(sizeBytes, language) : undefined],
    [t("models.column.parameters"), parameters],
    [t("models.quantization"), quantization],
    [t("models.column.context"), contextLength ? formatWindow(contextLength, language) : undefined],
    [t("models.family"), family],
    [t("models.column.can"), capabilityWords(capabilities, t).join(", ") || undefined],
    [t("models.column.used"), usedWords(use, now, t, language)],
    [t("models.calls"), use ? formatCount(use.calls, language) : undefined],
    [t("models.column.speed"), use ? speedWords(use, t, language) : undefined],
  ];
  return (
    <dl class="node-facts">
      {facts.map(([name, value]) =>
        value !== undefined && (
          <div key={name} class="node-facts__row">
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        )
      )}
    </dl>
  );
}
