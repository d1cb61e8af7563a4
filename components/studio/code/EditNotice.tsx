import { Icon } from "../../Icon.tsx";
import { useProject } from "../context.ts";

/** Edits that are not saved: save them as a version, or drop them. */
export function EditNotice() {
  const model = useProject();
  const { code, selected, isBusy, actions, t } = model;
  const editedId = code.editedId.value;
  if (editedId === null) return null;
  const isHere = editedId === selected.value?.id;
  const version = `v${model.version(editedId)?.number ?? ""}`;
  return (
    <div class="edit-notice" role="status">
      <Icon name="square-pen" />
      <span class="edit-notice__text">
        {isBusy.value
          ? t("studio.editsWait")
          : t(isHere ? "studio.edits" : "studio.editsElsewhere", { version })}
      </span>
      {!isHere && (
        <button
          type="button"
          class="button button--small"
          onClick={() => model.select(editedId)}
        >
          {t("studio.editsShow", { version })}
        </button>
      )}
      <button
        type="button"
        class="button button--small button--quiet"
        onClick={() => code.discard()}
      >
        {t("studio.editsDiscard")}
      </button>
      {isHere && (
        <button
          type="button"
          class="button button--small button--primary"
          disabled={code.saving.value || isBusy.value}
          onClick={() => actions.save()}
        >
          <Icon name={code.saving.value ? "loader-circle" : "save"} class={code.saving.value ? "spin" : ""} />
          {t("studio.editsSave")}
        </button>
      )}
    </div>
  );
}
