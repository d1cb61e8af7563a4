import { element } from "../dom.ts";
import { ME, type Message } from "./rooms.ts";

const SAME_GROUP_MS = 5 * 60_000;

/** The messages of a room; those of one author that follow each other share a name. */
export function messageItems(messages: readonly Message[]): HTMLElement[] {
  if (messages.length === 0) {
    return [element("li", { class: "empty muted" }, "No messages yet. Write the first one.")];
  }
  return messages.flatMap((message, index) => {
    const before = messages[index - 1];
    const isNewDay = dayOf(message) !== (before ? dayOf(before) : "");
    const follows = !isNewDay && before?.author === message.author &&
      message.sentAt - before.sentAt < SAME_GROUP_MS;
    const item = messageItem(message, follows);
    return isNewDay ? [element("li", { class: "day muted" }, dayOf(message)), item] : [item];
  });
}

function messageItem({ author, text, sentAt }: Message, follows: boolean): HTMLElement {
  const time = new Date(sentAt).toLocaleTimeString(undefined, { timeStyle: "short" });
  return element(
    "li",
    { class: `message${author === ME ? " mine" : ""}${follows ? " follows" : ""}` },
    element("div", { class: "avatar", "aria-hidden": "true" }, author.charAt(0)),
    element(
      "div",
      { class: "body" },
      element(
        "p",
        { class: "author" },
        element("b", {}, author),
        " ",
        element("time", { class: "muted" }, time),
      ),
      element("p", { class: "text" }, text),
    ),
  );
}

function dayOf({ sentAt }: Message): string {
  return new Date(sentAt).toLocaleDateString(undefined, { dateStyle: "full" });
}
