import { useEffect, useRef } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import type { LiveNode } from "../../lib/client/nodes/live_node.ts";
import { Icon } from "../Icon.tsx";
import { showFittingly } from "../show_fittingly.ts";
import { useNodes } from "./context.ts";
import { DecisionLog } from "./DecisionLog.tsx";
import { NodeActions } from "./NodeActions.tsx";
import { NodeFacts } from "./NodeFacts.tsx";
import { NodeLog } from "./NodeLog.tsx";
import { reasonOf, wordsOf } from "./node_words.ts";

/** The details of a node: beside the others, in a dialog over them, or in a sheet from below. Without a script it is just open. */
export function NodePanel({ node }: { node: LiveNode }) {
  const { details, t } = useNodes();
  const dialog = useRef<HTMLDialogElement>(null);
  const { id, name } = node.facts.value;
  const look = node.look.value;
  const { light, label } = wordsOf(look);
  const reason = reasonOf(node, t);
  const close = () => {
    details.close();
    // The dialog goes with the next rendering, and the focus with it.
    requestAnimationFrame(() => document.getElementById(`node-${id}`)?.focus());
  };
  useEffect(() => (dialog.current ? showFittingly(dialog.current, "node-panel-title") : undefined), []);
  return (
    <dialog
      ref={dialog}
      class="node-panel"
      open={!IS_BROWSER}
      aria-labelledby="node-panel-title"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => event.target === dialog.current && dialog.current?.matches(":modal") && close()}
    >
      <div class="node-panel__body">
        <header class="node-panel__head">
          <h2 id="node-panel-title" tabIndex={-1}>{name}</h2>
          <a
            class="icon-button"
            href="/nodes"
            aria-label={t("nodesPage.close")}
            onClick={(event) => {
              event.preventDefault();
              close();
            }}
          >
            <Icon name="x" />
          </a>
        </header>
        <p class="node-panel__health">
          <span class={`light light--${light}`} aria-hidden="true" />
          <strong>{t(label)}</strong>
          {look === "healthy" && <span class="muted">{reason}</span>}
        </p>
        {reason && look !== "healthy" && (
          <p class={`node-panel__reason node-panel__reason--${light}`}>{reason}</p>
        )}
        <NodeActions node={node} />
        <NodeFacts node={node} />
        <NodeLog />
        <DecisionLog />
      </div>
    </dialog>
  );
}
