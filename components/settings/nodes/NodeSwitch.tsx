import type { NodesModel } from "../../../lib/client/settings/nodes_model.ts";
import type { NodeView } from "../../../lib/shared/mod.ts";
import { ariaState } from "../../aria.ts";
import { useSettings } from "../context.ts";

/** Uses a node, or leaves it out. A button of a form, so that it switches without a script too. */
export function NodeSwitch({ node: { id, name, enabled }, model }: { node: NodeView; model: NodesModel }) {
  const { t } = useSettings();
  return (
    <form
      method="post"
      action="/settings/nodes"
      onSubmit={(event) => {
        event.preventDefault();
        void model.setEnabled(id, !enabled);
      }}
    >
      <input type="hidden" name="intent" value={enabled ? "disable" : "enable"} />
      <input type="hidden" name="id" value={id} />
      <button
        type="submit"
        class="switch-button"
        role="switch"
        aria-checked={ariaState(enabled)}
        aria-label={t("nodes.enable", { name })}
      >
        <span class="switch-button__track" />
      </button>
    </form>
  );
}
