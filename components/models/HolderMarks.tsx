import type { ModelHolder } from "../../lib/shared/mod.ts";
import { useModels } from "./context.ts";

/** What is to be said of a model on a node: that somebody has changed it there, and whether it is the pinned one. */
export function HolderMarks({ holder: { changedAt, pin } }: { holder: ModelHolder }) {
  const { t } = useModels();
  return (
    <>
      {changedAt !== undefined && <span class="badge badge--warning">{t("models.mark.changed")}</span>}
      {pin && (
        <span class={pin === "same" ? "badge" : "badge badge--warning"}>{t(`models.mark.pin.${pin}`)}</span>
      )}
    </>
  );
}
