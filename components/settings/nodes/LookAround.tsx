import type { NodesModel } from "../../../lib/client/settings/nodes_model.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";

/** Looks for model servers on the machine that Freshet runs on. */
export function LookButton({ model }: { model: NodesModel }) {
  const { t } = useSettings();
  const isLooking = model.looking.value;
  return (
    <form
      method="post"
      action="/settings/nodes"
      onSubmit={(event) => {
        event.preventDefault();
        void model.look();
      }}
    >
      <input type="hidden" name="intent" value="look" />
      <button type="submit" class="button" aria-disabled={ariaState(isLooking)}>
        <Icon name={isLooking ? "loader-circle" : "search"} class={isLooking ? "spin" : ""} />
        {t(isLooking ? "nodes.looking" : "nodes.look")}
      </button>
    </form>
  );
}

/** What the last look found. */
export function LookResult({ model, ports }: { model: NodesModel; ports: string }) {
  const { t } = useSettings();
  const found = model.found.value;
  return (
    <p class="look-result" role="status">
      {found && found.length === 0 && t("nodes.foundNone", { ports })}
      {found && found.length > 0 && (
        <>
          <Icon name="check" />
          {t("nodes.found", { names: found.map(({ name }) => name).join(", ") })}
        </>
      )}
    </p>
  );
}
