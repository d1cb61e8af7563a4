import type { LiveNode } from "../../lib/client/nodes/live_node.ts";
import { ariaState } from "../aria.ts";
import { Icon, type IconName } from "../Icon.tsx";
import { tellOutcome } from "../settings/nodes/test_outcome.ts";
import { useNodes } from "./context.ts";

/** What can be done with a node: each button posts a form of its own, so that it works without a script. */
export function NodeActions({ node }: { node: LiveNode }) {
  const { board, order, canManage, report, t } = useNodes();
  const { id, name, kind, enabled, draining = false, origin } = node.facts.value;
  if (!canManage || kind === "sketch") {
    return origin === "builtin" ? <p class="node-panel__fixed">{t("nodes.fixed.builtin")}</p> : null;
  }
  const isTesting = board.testing.value.has(id);
  return (
    <div class="node-actions" role="group" aria-label={t("nodesPage.actions", { name })}>
      <Action
        id={id}
        intent="test"
        icon={isTesting ? "loader-circle" : "zap"}
        label={t(isTesting ? "nodes.testing" : "nodes.test")}
        isBusy={isTesting}
        run={useTest(node)}
      />
      {!node.isOwn && <p class="node-panel__fixed">{t("nodes.fixed.config")}</p>}
      {node.isOwn && (
        <>
          <a class="button button--small" href={`/settings/nodes/${encodeURIComponent(id)}`}>
            <Icon name="pencil" />
            {t("nodes.edit")}
          </a>
          <Action
            id={id}
            intent={draining ? "resume" : "drain"}
            icon={draining ? "play" : "pause"}
            label={t(draining ? "nodesPage.resume" : "nodesPage.drain")}
            hint={draining ? undefined : t("nodesPage.drainHint")}
            run={() => board.setDraining(node, !draining)}
          />
          <Action
            id={id}
            intent={enabled ? "disable" : "enable"}
            icon="power"
            label={t(enabled ? "nodesPage.disable" : "nodesPage.enable")}
            run={() => board.setEnabled(node, !enabled)}
          />
          <Action
            id={id}
            intent="earlier"
            icon="arrow-up"
            label={t("nodesPage.order.earlier")}
            run={() => order.shift(id, -1).catch(report)}
          />
          <Action
            id={id}
            intent="later"
            icon="arrow-down"
            label={t("nodesPage.order.later")}
            run={() => order.shift(id, 1).catch(report)}
          />
        </>
      )}
    </div>
  );
}

function Action({ id, intent, icon, label, hint, isBusy = false, run }: {
  id: string;
  /** As the form says it. */
  intent: string;
  icon: IconName;
  label: string;
  hint?: string | undefined;
  isBusy?: boolean;
  run: () => Promise<unknown>;
}) {
  return (
    <form
      method="post"
      action={`/nodes?node=${encodeURIComponent(id)}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void run();
      }}
    >
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="id" value={id} />
      <button type="submit" class="button button--small" title={hint} aria-disabled={ariaState(isBusy)}>
        <Icon name={icon} class={isBusy ? "spin" : ""} />
        {label}
      </button>
    </form>
  );
}

/** Tests a node and says what came of it. */
function useTest(node: LiveNode): () => Promise<void> {
  const { board, toasts, t, language } = useNodes();
  return async () => {
    const result = await board.test(node);
    if (result) tellOutcome(result, node.facts.peek().name, { toasts, t, language });
  };
}
