import type { LiveNode } from "../../lib/client/nodes/live_node.ts";
import { DetailsPanel } from "../DetailsPanel.tsx";
import { useNodes } from "./context.ts";
import { DecisionLog } from "./DecisionLog.tsx";
import { NodeActions } from "./NodeActions.tsx";
import { NodeFacts } from "./NodeFacts.tsx";
import { NodeLog } from "./NodeLog.tsx";
import { reasonOf, wordsOf } from "./node_words.ts";

/** The details of a node: beside the others, in a dialog over them, or in a sheet from below. Without a script it is just open. */
export function NodePanel({ node }: { node: LiveNode }) {
  const { details, t } = useNodes();
  const { id, name } = node.facts.value;
  const look = node.look.value;
  const { light, label } = wordsOf(look);
  const reason = reasonOf(node, t);
  return (
    <DetailsPanel
      id="node-panel-title"
      title={name}
      closeLabel={t("nodesPage.close")}
      closeHref="/nodes"
      opener={`node-${id}`}
      onClose={() => details.close()}
    >
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
    </DetailsPanel>
  );
}
