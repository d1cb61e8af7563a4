import { useState } from "preact/hooks";
import type { Chat } from "../../../lib/shared/mod.ts";
import { Icon } from "../../Icon.tsx";
import { memo } from "../../memo.ts";
import { ChatMenuItems } from "../ChatMenuItems.tsx";
import { usePage } from "../context.ts";
import { TagChips } from "../folders/TagChips.tsx";
import { Menu } from "../Menu.tsx";
import { RenameField } from "../RenameField.tsx";

/** A chat in the list, with what can be done to it. */
export const ChatListItem = memo(({ chat, isOpen }: { chat: Chat; isOpen: boolean }) => {
  const { t } = usePage();
  const [renaming, setRenaming] = useState(false);
  const title = chat.title || t("chats.untitled");
  if (renaming) {
    return (
      <li class="chat-item">
        <RenameField chat={chat} class="chat-item__field" onDone={() => setRenaming(false)} />
      </li>
    );
  }
  return (
    <li class={isOpen ? "chat-item chat-item--open" : "chat-item"}>
      <a
        class="chat-item__link"
        href={`/chat/${chat.id}`}
        title={title}
        aria-current={isOpen ? "page" : undefined}
        onDblClick={() => setRenaming(true)}
      >
        {chat.pinned && <Icon name="pin" />}
        <span class="truncate">{title}</span>
        <TagChips chat={chat} />
      </a>
      <Menu
        label={t("chats.menu", { title })}
        icon="ellipsis"
        class="icon-button icon-button--small chat-item__menu"
      >
        <ChatMenuItems chat={chat} onRename={() => setRenaming(true)} />
      </Menu>
    </li>
  );
});
