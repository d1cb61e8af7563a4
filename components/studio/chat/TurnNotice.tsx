import type { Version } from "../../../lib/shared/mod.ts";
import { Icon } from "../../Icon.tsx";
import { useProject } from "../context.ts";

/** Why a version is not whole, and the way to ask for it again. */
export function TurnNotice({ version }: { version: Version }) {
  const { actions, isBusy, t } = useProject();
  const { status, error } = version;
  if (status === "complete" || status === "generating") return null;
  const isFailure = status === "failed";
  return (
    <div class={isFailure ? "problem" : "problem problem--warning"} role={isFailure ? "alert" : undefined}>
      <Icon name={isFailure ? "circle-alert" : "info"} />
      <div>
        <p class="problem__message">{error?.message ?? t(`studio.ended.${status}`)}</p>
        {error?.hint && <p class="problem__hint">{error.hint}</p>}
        {version.changes.length > 0 && (
          <p class="problem__hint">{t("studio.kept", { count: version.changes.length })}</p>
        )}
        <button
          type="button"
          class="button button--small needs-script"
          disabled={isBusy.value}
          onClick={() =>
            actions.retry(version)}
        >
          <Icon name="refresh-cw" />
          {t("tryAgain")}
        </button>
      </div>
    </div>
  );
}
