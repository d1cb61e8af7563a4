import { useRef, useState } from "preact/hooks";
import { updateFolder } from "../../../lib/client/folders/folder_actions.ts";
import { folderLists } from "../../../lib/client/folders/folder_lists.ts";
import type { ChatFolder } from "../../../lib/shared/mod.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { dragFolder, draggedFolder, dropChat, isChatDrag, isFolderDrag } from "./chat_drag.ts";
import { FolderMenu } from "./FolderMenu.tsx";
import { ListedChats } from "./ListedChats.tsx";

/** A folder with what is in it. Chats are dropped into it, other folders before it. */
export function FolderItem({ folder }: { folder: ChatFolder }) {
  const model = usePage();
  const { folders, t } = model;
  const [over, setOver] = useState(false);
  const head = useRef<HTMLDivElement>(null);
  const { id, name, color, collapsed } = folder;
  const inner = folders.value.filter(({ parentId }) => parentId === id);
  const takes = (event: DragEvent) => {
    if (!(event.target instanceof Element)) return false;
    if (isFolderDrag(event)) return head.current?.contains(event.target) ?? false;
    return isChatDrag(event) && event.target.closest(".folder") === event.currentTarget;
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    if (!takes(event)) return;
    event.preventDefault();
    if (isFolderDrag(event)) {
      const dragged = folders.peek().find((each) => each.id === draggedFolder(event));
      if (dragged && dragged.id !== id) {
        updateFolder(model, dragged, { parentId: folder.parentId ?? null, before: id }).catch(reportError);
      }
    } else dropChat(model, event, id);
  };
  return (
    <li
      class="folder"
      data-color={color}
      onDragOver={(event) => {
        const isTaken = takes(event);
        setOver(isTaken);
        if (isTaken) event.preventDefault();
      }}
      onDragLeave={(event) => {
        const to = event.relatedTarget;
        if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(false);
      }}
      onDrop={drop}
    >
      <div
        ref={head}
        class={over ? "folder__head folder__head--over" : "folder__head"}
        draggable
        onDragStart={(event) => event.target === event.currentTarget && dragFolder(event, id)}
      >
        <button
          type="button"
          class="folder__toggle"
          aria-expanded={ariaState(!collapsed)}
          onClick={() => updateFolder(model, folder, { collapsed: !collapsed })}
        >
          <Icon name={collapsed ? "folder" : "folder-open"} />
          <span class="truncate" title={name}>{name}</span>
        </button>
        <FolderMenu folder={folder} />
      </div>
      {!collapsed && (
        <div class="folder__inside" role="group" aria-label={t("folders.chats", { name })}>
          {inner.length > 0 && (
            <ul class="folders__list" role="list">
              {inner.map((each) => <FolderItem key={each.id} folder={each} />)}
            </ul>
          )}
          <ListedChats {...folderLists(model).of(id)} empty={t("folders.empty")} />
        </div>
      )}
    </li>
  );
}
