import { moveChat } from "../../../lib/client/folders/folder_actions.ts";
import type { Chat, ChatFolder } from "../../../lib/shared/mod.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { DialogFrame } from "./DialogFrame.tsx";

/** Asks for the folder of a chat. */
export function MoveChat({ chat }: { chat: Chat }) {
  const model = usePage();
  const { folders, overlay, t } = model;
  const move = (folderId: string | null) => {
    overlay.value = null;
    moveChat(model, chat, folderId).catch(reportError);
  };
  const choice = (folder: ChatFolder) => (
    <li key={folder.id} data-color={folder.color}>
      <button
        type="button"
        class={folder.parentId ? "menu__item organise__inner" : "menu__item"}
        aria-pressed={ariaState(folder.id === chat.folderId)}
        onClick={() => move(folder.id)}
      >
        <Icon name={folder.id === chat.folderId ? "check" : "folder"} />
        <span class="truncate">{folder.name}</span>
      </button>
    </li>
  );
  const all = folders.value;
  return (
    <DialogFrame title={t("folders.moveTitle", { title: chat.title || t("chats.untitled") })}>
      <ul class="organise__list" role="list">
        <li>
          <button
            type="button"
            class="menu__item"
            aria-pressed={ariaState(chat.folderId === undefined)}
            onClick={() => move(null)}
          >
            <Icon name={chat.folderId === undefined ? "check" : "message-square"} />
            {t("folders.none")}
          </button>
        </li>
        {all.filter(({ parentId }) => !parentId).flatMap((folder) => [
          choice(folder),
          ...all.filter(({ parentId }) => parentId === folder.id).map(choice),
        ])}
      </ul>
      <div class="organise__buttons">
        <button type="button" class="button" onClick={() => void (overlay.value = { type: "folder", chat })}>
          <Icon name="folder-plus" />
          {t("folders.create")}
        </button>
        <button type="button" class="button" onClick={() => void (overlay.value = null)}>
          {t("cancel")}
        </button>
      </div>
    </DialogFrame>
  );
}
