import { useState } from "preact/hooks";
import { exportUrl } from "../../lib/client/chat_api.ts";
import type { Chat } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { usePage } from "./context.ts";
import { Menu, MenuItem, MenuLink } from "./Menu.tsx";
import { ModelPicker } from "./settings/ModelPicker.tsx";

/** Above the messages: the model that answers, the chat's title, and what can be done with the chat. */
export function ChatBar() {
  const { chat, temporary, t } = usePage();
  const open = chat.chat.value;
  return (
    <div class="chat-bar">
      <ModelPicker class="model-picker--bar" />
      <div class="chat-bar__middle">
        {open && <Title key={open.id} chat={open} />}
        {(open?.temporary ?? temporary.value) && (
          <span class="badge badge--warning" title={t("chats.temporaryHint")}>
            <Icon name="ghost" />
            {t("chats.temporary")}
          </span>
        )}
      </div>
      {open ? <ChatMenu chat={open} /> : <TemporaryToggle />}
    </div>
  );
}

function Title({ chat }: { chat: Chat }) {
  const { actions, t } = usePage();
  const [renaming, setRenaming] = useState(false);
  const title = chat.title || t("chats.untitled");
  if (!renaming) {
    return (
      <h1 class="chat-bar__title truncate" title={title} onDblClick={() => setRenaming(true)}>{title}</h1>
    );
  }
  const save = (value: string) => {
    setRenaming(false);
    actions.rename(chat, value);
  };
  return (
    <input
      ref={(field) => field?.focus()}
      class="field__control chat-bar__field"
      aria-label={t("chats.rename")}
      defaultValue={chat.title}
      maxLength={200}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => save(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") save(event.currentTarget.value);
        if (event.key === "Escape") setRenaming(false);
      }}
    />
  );
}

function ChatMenu({ chat }: { chat: Chat }) {
  const { actions, t } = usePage();
  return (
    <Menu
      label={t("chats.menu", { title: chat.title || t("chats.untitled") })}
      icon="ellipsis"
      class="icon-button"
    >
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
  );
}

/** Makes the chat that is about to begin a temporary one. */
function TemporaryToggle() {
  const { temporary, t } = usePage();
  return (
    <button
      type="button"
      class="icon-button needs-script"
      title={t("chats.temporaryHint")}
      aria-label={t("chats.temporary")}
      aria-pressed={temporary.value}
      onClick={() => void (temporary.value = !temporary.value)}
    >
      <Icon name="ghost" />
    </button>
  );
}
