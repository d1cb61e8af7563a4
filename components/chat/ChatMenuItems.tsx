import { unreachable } from "../../lib/client/api_client.ts";
import { exportUrl } from "../../lib/client/chat_api.ts";
import type { Chat } from "../../lib/shared/mod.ts";
import { usePage } from "./context.ts";
import { MenuItem, MenuLink } from "./Menu.tsx";

/** What can be done to a chat, wherever its menu is. */
export function ChatMenuItems({ chat, onRename }: { chat: Chat; onRename: () => void }) {
  const model = usePage();
  const { actions, overlay, t } = model;
  const page = exportUrl(chat.id, "html");
  return (
    <>
      <MenuItem icon="pencil" label={t("chats.rename")} onClick={onRename} />
      <MenuItem
        icon={chat.pinned ? "pin-off" : "pin"}
        label={t(chat.pinned ? "chats.unpin" : "chats.pin")}
        onClick={() => actions.togglePin(chat)}
      />
      <MenuItem
        icon="folder"
        label={t("folders.move")}
        onClick={() => void (overlay.value = { type: "move", chat })}
      />
      <MenuItem
        icon="hash"
        label={t("tags.edit")}
        onClick={() => void (overlay.value = { type: "tags", chat })}
      />
      <MenuLink
        icon="globe"
        label={t("chats.exportHtml")}
        href={page}
        download
        onClick={(event) => {
          event.preventDefault();
          actions.try(async () => {
            const { shareChat } = await import("../../lib/client/diagrams/share_chat.ts").catch(unreachable);
            await shareChat(model, page);
          }).catch(reportError);
        }}
      />
      <MenuLink
        icon="file-text"
        label={t("chats.exportMarkdown")}
        href={exportUrl(chat.id, "markdown")}
        download
      />
      <MenuLink icon="braces" label={t("chats.exportJson")} href={exportUrl(chat.id, "json")} download />
      <hr class="menu__separator" />
      <MenuItem icon="trash-2" label={t("chats.delete")} danger onClick={() => actions.delete(chat)} />
    </>
  );
}
