import { byId } from "../dom.ts";
import { isLasting } from "../storage.ts";
// #if themeToggle
import { startThemeSwitch } from "../theme_switch.ts";
// #end
import { answerTo, botOf, typingTime } from "./bot.ts";
import { messageItems } from "./message_list.ts";
import { roomButtons } from "./room_list.ts";
import { ME, type Room, Rooms } from "./rooms.ts";

const rooms = new Rooms();
const list = byId("messages", HTMLOListElement);
const text = byId("text", HTMLTextAreaElement);
const typing = byId("typing", HTMLParagraphElement);
let currentId = rooms.all[0]?.id ?? "";

function open(room: Room): void {
  currentId = room.id;
  document.body.classList.add("in-room");
  rooms.markRead(room);
  list.scrollTop = list.scrollHeight;
}

function show(): void {
  const room = rooms.find(currentId);
  byId("rooms", HTMLElement).replaceChildren(...roomButtons(rooms.all, currentId, open));
  if (!room) return;
  byId("room-title", HTMLHeadingElement).textContent = `# ${room.name}`;
  byId("room-topic", HTMLParagraphElement).textContent = room.topic;
  // Someone who has scrolled up to read is not taken away from there.
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  list.replaceChildren(...messageItems(room.messages));
  if (isAtEnd) list.scrollTop = list.scrollHeight;
}

function send(): void {
  const room = rooms.find(currentId);
  const words = text.value.trim();
  if (!room || words === "") return;
  rooms.send(room, ME, words, true);
  text.value = "";
  grow();
  list.scrollTop = list.scrollHeight;
  const answer = answerTo(words);
  typing.textContent = `${botOf(room.id)} is writing …`;
  setTimeout(() => {
    typing.textContent = "";
    rooms.send(room, botOf(room.id), answer, room.id === currentId);
  }, typingTime(answer));
}

/** As high as its text, up to a few lines. */
function grow(): void {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight + 2, 160)}px`;
}

byId("composer", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
text.addEventListener("input", grow);
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});
byId("new-room", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  const name = byId("room-name", HTMLInputElement);
  if (name.value.trim()) open(rooms.add(name.value));
  name.value = "";
});
byId("back", HTMLButtonElement).addEventListener("click", () => document.body.classList.remove("in-room"));
byId("lasting", HTMLParagraphElement).hidden = isLasting;
// #if themeToggle
startThemeSwitch();
// #end
rooms.onChange(show);
show();
list.scrollTop = list.scrollHeight;
