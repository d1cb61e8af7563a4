import { useState } from "preact/hooks";
import { exportUrl } from "../../../lib/client/chat_api.ts";
import type { Chat } from "../../../lib/shared/mod.ts";
import { Icon } from "../../Icon.tsx";
import { memo } from "../../memo.ts";
import { usePage } from "../context.ts";
import { Menu, MenuItem, MenuLink } from "../Menu.tsx";

/** A chat in the list, with what can be done to it. */
export const ChatListItem = memo(({ chat, isOpen }: { chat: Chat; isOpen: boolean }) => {
  const { t, actions } = usePage();
  const [renaming, setRenaming] = useState(false);
  const title = chat.title || t("chats.untitled");
  if (renaming) return <RenameField chat={chat} onDone={() => setRenaming(false)} />;
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
      </a>
      <Menu
        label={t("chats.menu", { title })}
        icon="ellipsis"
        class="icon-button icon-button--small chat-item__menu"
      >
        <MenuItem icon="pencil" label={t("chats.rename")} onClick={() => setRenaming(true)} />
        <MenuItem
          icon={chat.pinned ? "pin-off" : "pin"}
          label={t(chat.pinned ? "chats.unpin" : "chats.pin")}
          onClick={() => actions.togglePin(chat)}
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
      </Menu>
    </li>
  );
});

function RenameField({ chat, onDone }: { chat: Chat; onDone: () => void }) {
  const { t, actions } = usePage();
  const save = (title: string) => {
    onDone();
    actions.rename(chat, title);
  };
  return (
    <li class="chat-item">
      <input
        ref={(field) => field?.focus()}
        class="field__control chat-item__field"
        aria-label={t("chats.rename")}
        defaultValue={chat.title}
        maxLength={200}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={(event) => save(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter") save(event.currentTarget.value);
          if (event.key !== "Escape") return;
          event.stopPropagation();
          onDone();
        }}
      />
    </li>
  );
}
