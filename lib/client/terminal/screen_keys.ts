/** A key that phones do not have. */
export type ScreenKey =
  | "escape"
  | "tab"
  | "up"
  | "down"
  | "left"
  | "right"
  | "home"
  | "end"
  | "pageUp"
  | "pageDown";

const ARROWS: Partial<Record<ScreenKey, string>> = {
  up: "A",
  down: "B",
  right: "C",
  left: "D",
  end: "F",
  home: "H",
};
const OTHERS: Partial<Record<ScreenKey, string>> = {
  escape: "\x1b",
  tab: "\t",
  pageUp: "\x1b[5~",
  pageDown: "\x1b[6~",
};

/** What a key sends to the program (ECMA-48; `SS3` where the program asked for application keys, as in DEC's VT100). */
export function keySequence(key: ScreenKey, { isApplication }: { isApplication: boolean }): string {
  const arrow = ARROWS[key];
  if (arrow !== undefined) return `${isApplication ? "\x1bO" : "\x1b["}${arrow}`;
  return OTHERS[key] ?? "";
}

/** What is typed with Ctrl held: "c" becomes ETX. What has no such form stays what it is. */
export function withControl(text: string): string {
  if (text.length !== 1) return text;
  if (text === " ") return "\x00";
  if (text === "?") return "\x7f";
  const code = text.toUpperCase().charCodeAt(0);
  return code >= 0x40 && code <= 0x5f ? String.fromCharCode(code & 0x1f) : text;
}
