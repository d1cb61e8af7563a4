import type { ReadonlySignal } from "@preact/signals";
import type { ChatListModel } from "../../../lib/client/chat_list.ts";
import { usePage } from "../context.ts";
import { ListedChats } from "./ListedChats.tsx";

/** The chats of the chosen folder or tag. */
export function ChosenChats(props: { list: ChatListModel; ready: ReadonlySignal<boolean> }) {
  return <ListedChats {...props} empty={usePage().t("tags.nothing")} />;
}
