import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** So much (characters) of a message names the chat that it is to begin. */
const TITLE_LENGTH = 60;

/** Chats yet to be made, whose first message waits to be sent. */
export function UnsentChats() {
  const model = usePage();
  const { outbox, turns, t } = model;
  const begun = new Map<string, string>();
  for (const { chatId, chatKey = "", waiting, body } of outbox.messages.value) {
    if (!chatId && waiting && !begun.has(chatKey)) begun.set(chatKey, body.text);
  }
  if (begun.size === 0) return null;
  return (
    <section aria-label={t("unsent.chats")}>
      <h2 class="sidebar__heading">{t("unsent.chats")}</h2>
      <ul class="chat-list">
        {Array.from(
          begun,
          ([key, text]) => (
            <li key={key} class={turns.lane === key ? "chat-item chat-item--open" : "chat-item"}>
              <button
                type="button"
                class="chat-item__link"
                onClick={() =>
                  model.newChat(false, key)}
              >
                <Icon name="clock" />
                <span class="truncate">{text.slice(0, TITLE_LENGTH) || t("chats.untitled")}</span>
              </button>
            </li>
          ),
        )}
      </ul>
    </section>
  );
}
