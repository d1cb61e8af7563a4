import { load, save } from "../storage.ts";

/** A message of a room. */
export interface Message {
  id: number;
  author: string;
  text: string;
  /** ms since 1970. */
  sentAt: number;
}

/** A room with its messages, oldest first. */
export interface Room {
  id: string;
  name: string;
  topic: string;
  messages: Message[];
  unread: number;
}

/** The author of what is written on this page. */
export const ME = "You";

/** Rooms and their messages; listeners are told of every change. */
export class Rooms {
  readonly #rooms: Room[] = load<Room[]>("rooms", beginning());
  readonly #listeners: (() => void)[] = [];

  get all(): readonly Room[] {
    return this.#rooms;
  }

  find(id: string): Room | undefined {
    return this.#rooms.find((room) => room.id === id);
  }

  /** Adds a room; one of the same name is given back instead. */
  add(name: string): Room {
    const id = name.trim().toLowerCase().replaceAll(/\s+/g, "-");
    const known = this.find(id);
    if (known) return known;
    const room = { id, name: name.trim(), topic: "A room of your own", messages: [], unread: 0 };
    this.#rooms.push(room);
    this.#changed();
    return room;
  }

  /** Adds a message; it counts as unread where the room is not looked at. */
  send(room: Room, author: string, text: string, isSeen: boolean): void {
    const id = (room.messages.at(-1)?.id ?? 0) + 1;
    room.messages.push({ id, author, text, sentAt: Date.now() });
    if (!isSeen) room.unread++;
    this.#changed();
  }

  markRead(room: Room): void {
    room.unread = 0;
    this.#changed();
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #changed(): void {
    save("rooms", this.#rooms);
    for (const listener of this.#listeners) listener();
  }
}

function beginning(): Room[] {
  const now = Date.now();
  const minute = 60_000;
  return [
    {
      id: "welcome",
      name: "Welcome",
      topic: "Say hello and look around",
      unread: 0,
      messages: [
        {
          id: 1,
          author: "Robin",
          text: "Welcome! I am a bot: I answer by rules, so that you can try the chat.",
          sentAt: now - 12 * minute,
        },
        { id: 2, author: "Robin", text: 'Write "help" to see what I know.', sentAt: now - 11 * minute },
      ],
    },
    {
      id: "ideas",
      name: "Ideas",
      topic: "What could we make next?",
      unread: 1,
      messages: [{ id: 1, author: "Kim", text: "What about a page for recipes?", sentAt: now - 45 * minute }],
    },
    { id: "off-topic", name: "Off topic", topic: "Everything else", unread: 0, messages: [] },
  ];
}
