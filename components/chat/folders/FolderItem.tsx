import { useState } from "preact/hooks";
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
  const { id, name, color, collapsed } = folder;
  const inner = folders.value.filter(({ parentId }) => parentId === id);
  const drop = (event: DragEvent) => {
    setOver(false);
    if (isFolderDrag(event)) {
      event.preventDefault();
      const dragged = folders.peek().find((each) => each.id === draggedFolder(event));
      if (dragged && dragged.id !== id) {
        updateFolder(model, dragged, { parentId: folder.parentId ?? null, before: id }).catch(reportError);
      }
    } else if (isChatDrag(event)) {
      event.preventDefault();
      dropChat(model, event, id);
    }
  };
  return (
    <li class="folder" data-color={color}>
      <div
        class={over ? "folder__head folder__head--over" : "folder__head"}
        draggable
        onDragStart={(event) => event.target === event.currentTarget && dragFolder(event, id)}
        onDragOver={(event) => {
          if (!isFolderDrag(event) && !isChatDrag(event)) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={(event) => {
          const to = event.relatedTarget;
          if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(false);
        }}
        onDrop={drop}
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
