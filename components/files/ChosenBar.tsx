import { Icon } from "../Icon.tsx";
import { useFolder } from "./context.ts";

/** What can be done with the chosen entries; it is only there where some are. */
export function ChosenBar() {
  const model = useFolder();
  const { folder, dialog, t } = model;
  const chosen = folder.chosen.value;
  const names = chosen.map(({ name }) => name);
  const [first] = names;
  return (
    <div class={chosen.length > 0 ? "chosen-bar" : "chosen-bar chosen-bar--none"}>
      <p class="chosen-bar__count" role="status">
        {chosen.length > 0 && t("filesPage.chosen", { count: chosen.length })}
      </p>
      {first !== undefined && (
        <div class="chosen-bar__tools" role="group" aria-label={t("filesPage.actions")}>
          {names.length === 1 && (
            <button
              type="button"
              class="button button--small"
              onClick={() => dialog.value = { type: "rename", name: first }}
            >
              <Icon name="pencil" />
              {t("filesPage.rename")}
            </button>
          )}
          <button
            type="button"
            class="button button--small"
            onClick={() => dialog.value = { type: "move", names }}
          >
            <Icon name="folder-up" />
            {t("filesPage.move")}
          </button>
          <button
            type="button"
            class="button button--small button--danger"
            onClick={() => void model.remove(names)}
          >
            <Icon name="trash-2" />
            {t("filesPage.delete")}
          </button>
          <button
            type="button"
            class="icon-button icon-button--small"
            aria-label={t("close")}
            onClick={() => folder.selection.clear()}
          >
            <Icon name="x" />
          </button>
        </div>
      )}
    </div>
  );
}
