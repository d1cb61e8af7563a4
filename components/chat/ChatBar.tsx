import { ariaState } from "../aria.ts";
import { useState } from "preact/hooks";
import type { Chat } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { usePage } from "./context.ts";
import { ChatMenuItems } from "./ChatMenuItems.tsx";
import { TagChips } from "./folders/TagChips.tsx";
import { Menu } from "./Menu.tsx";
import { RenameField } from "./RenameField.tsx";
import { ModelPicker } from "./settings/ModelPicker.tsx";

/** Above the messages: the model that answers, the chat's title, and what can be done with the chat. */
export function ChatBar() {
  const { chat, unsent, temporary, newFolder, folders, t } = usePage();
  const [renaming, setRenaming] = useState<string | null>(null);
  const open = chat.chat.value;
  const folderId = open ? open.folderId : newFolder.value;
  const folder = folderId && folders.value.find(({ id }) => id === folderId);
  return (
    <div class="chat-bar">
      <ModelPicker class="model-picker--bar" />
      <div class="chat-bar__middle">
        {open && renaming === open.id && (
          <RenameField
            chat={open}
            class="chat-bar__field"
            onDone={() => setRenaming(null)}
          />
        )}
        {open && renaming !== open.id && <Title chat={open} onRename={() => setRenaming(open.id)} />}
        {!open && unsent.value.length > 0 && <h1 class="chat-bar__title">{t("chats.untitled")}</h1>}
        {folder && (
          <span
            class="badge chat-bar__folder"
            data-color={folder.color}
            title={t("folders.filter", { name: folder.name })}
          >
            <Icon name="folder" />
            <span class="truncate">{folder.name}</span>
          </span>
        )}
        {open && <TagChips chat={open} />}
        {(open?.temporary ?? temporary.value) && (
          <span class="badge badge--warning" title={t("chats.temporaryHint")}>
            <Icon name="ghost" />
            {t("chats.temporary")}
          </span>
        )}
      </div>
      {open ? <ChatMenu chat={open} onRename={() => setRenaming(open.id)} /> : <TemporaryToggle />}
    </div>
  );
}

function Title({ chat, onRename }: { chat: Chat; onRename: () => void }) {
  const title = chat.title || usePage().t("chats.untitled");
  return <h1 class="chat-bar__title truncate" title={title} onDblClick={onRename}>{title}</h1>;
}

function ChatMenu({ chat, onRename }: { chat: Chat; onRename: () => void }) {
  const { t } = usePage();
  return (
    <Menu
      label={t("chats.menu", { title: chat.title || t("chats.untitled") })}
      icon="ellipsis"
      class="icon-button"
    >
      <ChatMenuItems chat={chat} onRename={onRename} />
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
      aria-pressed={ariaState(temporary.value)}
      onClick={() => void (temporary.value = !temporary.value)}
    >
      <Icon name="ghost" />
    </button>
  );
}
