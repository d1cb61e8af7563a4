import { assert, assertEquals, assertFalse } from "@std/assert";
import { isPressed, keyCaps, type KeyPress, runShortcut, type Shortcut } from "./shortcuts.ts";

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held };
}

Deno.test("Mod is Ctrl or the command key", () => {
  assert(isPressed("Mod+K", press("k", { ctrlKey: true })));
  assert(isPressed("Mod+K", press("k", { metaKey: true })));
  assertFalse(isPressed("Mod+K", press("k")));
  assertFalse(isPressed("Mod+K", press("K", { ctrlKey: true, shiftKey: true })));
  assert(isPressed("Mod+Shift+O", press("O", { ctrlKey: true, shiftKey: true })));
});

Deno.test("a sign is a sign with and without Shift", () => {
  assert(isPressed("?", press("?", { shiftKey: true })));
  assert(isPressed("?", press("?")));
  assertFalse(isPressed("?", press("?", { ctrlKey: true })));
});

Deno.test("in a text field only what is meant for it works", () => {
  const ran: string[] = [];
  const shortcuts: Shortcut[] = [
    { keys: "?", label: "app.name", run: () => void ran.push("sheet") },
    { keys: "Mod+K", label: "app.name", whileTyping: true, run: () => void ran.push("palette") },
  ];
  assertFalse(runShortcut(shortcuts, press("?"), true));
  assert(runShortcut(shortcuts, press("k", { ctrlKey: true }), true));
  assert(runShortcut(shortcuts, press("?"), false));
  assertEquals(ran, ["palette", "sheet"]);
});

Deno.test("a shortcut with nothing to do leaves the key alone", () => {
  const shortcuts: Shortcut[] = [{ keys: "Escape", label: "app.name", run: () => false }];
  assertFalse(runShortcut(shortcuts, press("Escape"), false));
});

Deno.test("keys are written as the platform does", () => {
  assertEquals(keyCaps("Mod+Shift+O", true), ["⌘", "⇧", "O"]);
  assertEquals(keyCaps("Mod+Shift+O", false), ["Ctrl", "Shift", "O"]);
});
