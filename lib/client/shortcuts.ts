import type { TextKey } from "../shared/texts/mod.ts";

/** A key combination with what it does. */
export interface Shortcut {
  /** "Mod" is Ctrl, or ⌘ on a Mac: "Mod+K", "Mod+Shift+O", "?", "Escape". */
  keys: string;
  label: TextKey;
  /** Works in text fields too. */
  whileTyping?: boolean;
  /** Returns false where there was nothing to do, so that the key keeps its own meaning. */
  run(): boolean | void;
}

/** What of a keyboard event is looked at. */
export type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">;

/** Whether a key press is the combination. */
export function isPressed(keys: string, press: KeyPress): boolean {
  const parts = keys.split("+");
  const key = parts.at(-1) ?? "";
  if (parts.includes("Mod") !== (press.ctrlKey || press.metaKey)) return false;
  if (parts.includes("Alt") !== press.altKey) return false;
  // A sign such as "?" may or may not take Shift, by the keyboard's layout.
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isSign && parts.includes("Shift") !== press.shiftKey) return false;
  return press.key.toLowerCase() === key.toLowerCase();
}

/** Runs the shortcut that a key press means; true where one was run. */
export function runShortcut(shortcuts: readonly Shortcut[], press: KeyPress, typing: boolean): boolean {
  for (const shortcut of shortcuts) {
    if (typing && !shortcut.whileTyping) continue;
    if (isPressed(shortcut.keys, press)) return shortcut.run() !== false;
  }
  return false;
}

/** Whether an event comes from a field that is being typed in. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches("input:not([type=checkbox],[type=range],[type=radio]), textarea, select"));
}

/** The combination as this platform writes it, one entry for each key. */
export function keyCaps(keys: string, isMac: boolean): string[] {
  return keys.split("+").map((key) => {
    if (key === "Mod") return isMac ? "⌘" : "Ctrl";
    if (key === "Alt") return isMac ? "⌥" : "Alt";
    if (key === "Shift") return isMac ? "⇧" : "Shift";
    if (key === "Escape") return "Esc";
    return key;
  });
}
