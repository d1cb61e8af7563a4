import { useEffect, useRef } from "preact/hooks";
import { chatSections } from "../../../lib/client/chat_list.ts";
import { usePage } from "../context.ts";
import { ChatListItem } from "./ChatListItem.tsx";

/** The chats by when they were last changed; more are loaded as the end of the list comes into view. */
export function ChatList() {
  const model = usePage();
  const { chats, chat, unsent, clock, t } = model;
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) chats.loadMore().catch((error) => model.report(error));
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [chats.hasMore]);
  const Unsent = model.unsentParts.value?.Chats;
  const openId = chat.chat.value?.id;
  const sections = chatSections(chats.chats.value, clock.now());
  return (
    <>
      {Unsent && <Unsent />}
      {sections.length === 0 && unsent.value.length === 0 && model.folders.value.length === 0 && (
        <p class="sidebar__empty">{t("chats.none")}</p>
      )}
      {sections.map(({ heading, chats }) => (
        <section key={heading} aria-label={t(`chats.${heading}`)}>
          <h2 class="sidebar__heading">{t(`chats.${heading}`)}</h2>
          <ul class="chat-list">
            {chats.map((chat) => <ChatListItem key={chat.id} chat={chat} isOpen={chat.id === openId} />)}
          </ul>
        </section>
      ))}
      {chats.hasMore && (
        <div ref={end} class="sidebar__loading" aria-hidden="true">
          <span class="skeleton" />
          <span class="skeleton" />
        </div>
      )}
    </>
  );
}
