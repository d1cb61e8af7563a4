import { useEffect } from "preact/hooks";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { dropChat, isChatDrag } from "./chat_drag.ts";
import { FolderItem } from "./FolderItem.tsx";

/** The folders with their chats. A chat that is dropped beside them leaves its folder. */
export function FolderTree() {
  const model = usePage();
  const { folders, overlay, t } = model;
  useEffect(() => {
    const area = document.querySelector<HTMLElement>(".sidebar__list");
    if (!area) return;
    const isBeside = ({ target }: DragEvent) => target instanceof Element && !target.closest(".folder");
    const allow = (event: DragEvent) => isChatDrag(event) && isBeside(event) && event.preventDefault();
    const drop = (event: DragEvent) => {
      if (!isChatDrag(event) || !isBeside(event)) return;
      event.preventDefault();
      dropChat(model, event, null);
    };
    area.addEventListener("dragover", allow);
    area.addEventListener("drop", drop);
    return () => {
      area.removeEventListener("dragover", allow);
      area.removeEventListener("drop", drop);
    };
  }, []);
  return (
    <section class="folders" aria-label={t("folders")}>
      <div class="folders__head">
        <h2 class="sidebar__heading">{t("folders")}</h2>
        <button
          type="button"
          class="icon-button icon-button--small needs-script"
          title={t("folders.create")}
          aria-label={t("folders.create")}
          onClick={() => void (overlay.value = { type: "folder" })}
        >
          <Icon name="folder-plus" />
        </button>
      </div>
      <ul class="folders__list" role="list">
        {folders.value.filter(({ parentId }) => parentId === undefined).map((folder) => (
          <FolderItem key={folder.id} folder={folder} />
        ))}
      </ul>
    </section>
  );
}
