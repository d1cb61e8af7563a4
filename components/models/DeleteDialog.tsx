import { ConfirmDialog } from "../ConfirmDialog.tsx";
import { useModels } from "./context.ts";

/** Asks before a model is deleted. */
export function DeleteDialog() {
  const { installed, open, toasts, t } = useModels();
  const at = open.deleting.value;
  if (!at) return null;
  const { nodeId, model } = at;
  const node = installed.find(model)?.holders.find((holder) => holder.nodeId === nodeId)?.nodeName ?? nodeId;
  const remove = async () => {
    if (!await open.delete()) return;
    if (!installed.find(model)) open.close();
    toasts.show({ kind: "success", message: t("models.done.delete", { model }) });
  };
  return (
    <ConfirmDialog
      title={t("models.delete.title", { model })}
      text={t("models.delete.text", { node })}
      confirm={t("models.delete")}
      cancel={t("cancel")}
      cancelHref={`/models?model=${encodeURIComponent(model)}`}
      action="/models"
      fields={{ intent: "delete", node: nodeId, model }}
      onConfirm={() => void remove()}
      onCancel={() => open.askToDelete(null)}
    />
  );
}
