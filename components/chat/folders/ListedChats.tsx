import type { ReadonlySignal } from "@preact/signals";
import type { ChatListModel } from "../../../lib/client/chat_list.ts";
import { usePage } from "../context.ts";
import { ChatListItem } from "../sidebar/ChatListItem.tsx";

/** The chats of a list, page by page. */
export function ListedChats({ list, ready, empty }: {
  list: ChatListModel;
  ready: ReadonlySignal<boolean>;
  /** What is said where there are none. */
  empty: string;
}) {
  const model = usePage();
  const openId = model.chat.chat.value?.id;
  const chats = list.chats.value;
  if (!ready.value) {
    return (
      <div class="sidebar__loading" aria-hidden="true">
        <span class="skeleton" />
      </div>
    );
  }
  return (
    <>
      {chats.length === 0 && <p class="folder__empty">{empty}</p>}
      {chats.length > 0 && (
        <ul class="chat-list">
          {chats.map((chat) => <ChatListItem key={chat.id} chat={chat} isOpen={chat.id === openId} />)}
        </ul>
      )}
      {list.hasMore && (
        <button
          type="button"
          class="folder__more"
          disabled={list.loading.value}
          onClick={() => void list.loadMore().catch((error) => model.report(error))}
        >
          {model.t("folders.more")}
        </button>
      )}
    </>
  );
}
