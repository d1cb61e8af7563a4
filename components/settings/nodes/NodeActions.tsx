import type { NodesModel } from "../../../lib/client/settings/nodes_model.ts";
import type { NodeView } from "../../../lib/shared/mod.ts";
import { ariaState } from "../../aria.ts";
import { AskButton } from "../AskButton.tsx";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";
import { tellOutcome } from "./test_outcome.ts";

/** Testing, editing and removing a node. */
export function NodeActions({ node: { id, name }, isFixed, model }: {
  node: NodeView;
  isFixed: boolean;
  model: NodesModel;
}) {
  const { t, language, toasts } = useSettings();
  const isTesting = model.testing.value.has(id);
  const test = async () => {
    const result = await model.test(id);
    if (result) tellOutcome(result, name, { toasts, t, language });
  };
  return (
    <div class="node__actions">
      <button
        type="button"
        class="button button--small needs-script"
        aria-label={t("nodes.testOne", { name })}
        aria-disabled={ariaState(isTesting)}
        onClick={() => isTesting || void test()}
      >
        <Icon name={isTesting ? "loader-circle" : "zap"} class={isTesting ? "spin" : ""} />
        {t(isTesting ? "nodes.testing" : "nodes.test")}
      </button>
      {!isFixed && (
        <>
          <a
            class="button button--small"
            href={`/settings/nodes/${encodeURIComponent(id)}`}
            aria-label={t("nodes.editOne", { name })}
          >
            <Icon name="pencil" />
            {t("nodes.edit")}
          </a>
          <AskButton
            action="/settings/nodes"
            name="remove"
            value={id}
            text={t("nodes.delete")}
            label={t("nodes.deleteOne", { name })}
            onAsk={() => model.confirming.value = id}
          />
        </>
      )}
    </div>
  );
}
