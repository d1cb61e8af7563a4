import { element } from "../dom.ts";
import type { Room } from "./rooms.ts";

/** A button for each room, with how many messages are unread. */
export function roomButtons(
  rooms: readonly Room[],
  currentId: string,
  open: (room: Room) => void,
): HTMLElement[] {
  return rooms.map((room) => {
    const last = room.messages.at(-1);
    const unread = element(
      "span",
      { class: "unread" },
      String(room.unread),
      element("span", { class: "visually-hidden" }, " unread"),
    );
    return element(
      "button",
      {
        type: "button",
        class: "room",
        "aria-current": room.id === currentId ? "page" : undefined,
        click: () => open(room),
      },
      element("b", {}, `# ${room.name}`),
      element("span", { class: "last muted" }, last ? `${last.author}: ${last.text}` : "No messages yet"),
      ...(room.unread > 0 ? [unread] : []),
    );
  });
}
