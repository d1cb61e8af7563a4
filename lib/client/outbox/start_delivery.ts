import { effect } from "@preact/signals";
import type { PageModel } from "../page_model.ts";
import { Delivery } from "./delivery.ts";
import { hearOfOutbox, openOutbox } from "./kept_messages.ts";

/** Takes up what was left from before, hears of what other tabs do to it, and sends it. */
export function startDelivery(page: PageModel): Delivery {
  const { outbox, turns, chat } = page;
  const delivery = new Delivery(page);
  openOutbox(outbox);
  // What was last begun here is gone on with, unless something else was begun meanwhile.
  const begun = outbox.messages.peek().findLast(({ chatId }) => chatId === undefined);
  if (turns.newChatKey.peek() === "") turns.beginChat(begun?.chatKey);
  addEventListener("storage", (event) => {
    if (event instanceof StorageEvent) hearOfOutbox(outbox, event.key, event.newValue);
  });
  effect(() => {
    const isFree = chat.live.value === null && turns.secondsToWait.value === 0;
    if (isFree && outbox.messages.peek().length > 0) delivery.deliver().catch(reportError);
  });
  effect(() => {
    // It arrived, and only the answer to it was lost.
    for (const { key } of chat.branch.value.messages) if (key && outbox.get(key)) outbox.remove(key);
  });
  effect(() => {
    // Another tab has made the chat that both show.
    const made = outbox.messages.value.find(({ chatId, chatKey }) =>
      chatId && chatKey === turns.newChatKey.value
    );
    if (made && !chat.chat.value) location.replace(`/chat/${made.chatId}`);
  });
  return delivery;
}
