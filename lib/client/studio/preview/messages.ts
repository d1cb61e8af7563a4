/** How much a preview wrote on the console a line for. */
export const CONSOLE_LEVELS = ["debug", "log", "info", "warn", "error"] as const;

/** One of `CONSOLE_LEVELS`. */
export type ConsoleLevel = typeof CONSOLE_LEVELS[number];

/** An element that a person pointed at. */
export interface PickedElement {
  /** A CSS selector that names it alone. */
  selector: string;
  /** In lower case. */
  tag: string;
  /** What it shows, shortened. */
  text: string;
  /** Its markup, shortened. */
  html: string;
}

/** Where in a preview something happened; lines and columns count from 1. */
export interface SourcePosition {
  path: string;
  line?: number;
  column?: number;
}

/** What the bridge in a preview tells the panel around it. */
export type BridgeMessage =
  /** The page was parsed; `path` is of the file within the version. */
  | { type: "ready"; title: string; path: string }
  /** What the page would need, in CSS pixels. */
  | { type: "size"; height: number }
  | { type: "console"; level: ConsoleLevel; text: string }
  /** Something that nobody caught. */
  | { type: "error"; text: string; position?: SourcePosition; stack?: string }
  /** So many messages came too fast and were left out. */
  | { type: "dropped"; count: number }
  | { type: "picked"; element: PickedElement }
  /** The person gave up picking from within the page. */
  | { type: "pick:cancelled" }
  /** A picture of the page as a `data:` URL of a PNG; "" where it could not be taken. */
  | { type: "captured"; image: string };

/** What the panel asks of the bridge. */
export type PanelMessage = { type: "pick"; on: boolean } | { type: "capture" };

/** Longest texts (characters) of a message; a longer one is cut. */
export const LONGEST = { text: 4000, stack: 4000, html: 2000, label: 300, image: 16_000_000 } as const;

/** A message as it travels: with the nonce that both sides know. */
export type Envelope<Message> = Message & { freshet: string };

/** Cuts a text where it is too long, visibly. */
export function shorten(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
