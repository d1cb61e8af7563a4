import type { PageModel } from "../../lib/client/page_model.ts";
import type { Shortcut } from "../../lib/client/shortcuts.ts";

/** The keys of the chat page, in the order in which they are listed. */
export function pageShortcuts(model: PageModel): Shortcut[] {
  const { overlay, layout, chat, turns, editing } = model;
  return [
    {
      keys: "Mod+K",
      label: "shortcuts.palette",
      whileTyping: true,
      run: () => void (overlay.value = "palette"),
    },
    { keys: "?", label: "shortcuts.sheet", run: () => void (overlay.value = "shortcuts") },
    { keys: "Mod+Shift+O", label: "shortcuts.newChat", whileTyping: true, run: () => startChat(model) },
    { keys: "/", label: "shortcuts.composer", run: focusComposer },
    {
      keys: "Mod+Shift+S",
      label: "shortcuts.sidebar",
      whileTyping: true,
      run: () => layout.toggle("sidebar"),
    },
    { keys: "Mod+Shift+P", label: "shortcuts.panel", whileTyping: true, run: () => layout.toggle("panel") },
    { keys: "Mod+Shift+F", label: "shortcuts.search", whileTyping: true, run: focusSearch },
    { keys: "Mod+Shift+E", label: "shortcuts.edit", whileTyping: true, run: () => editLast(model) },
    {
      keys: "Escape",
      label: "shortcuts.stop",
      whileTyping: true,
      run: () => {
        // What is open over the page is closed by the browser, before the answer is stopped.
        if (overlay.peek() !== null || document.querySelector(":popover-open")) return false;
        if (layout.close()) return true;
        if (editing.peek() !== null) return void (editing.value = null);
        if (!chat.live.peek()) return false;
        turns.stop().catch((error) => model.report(error));
        return true;
      },
    },
  ];
}

function startChat(model: PageModel): void {
  model.newChat();
  focusComposer();
}

function focusComposer(): void {
  document.getElementById("composer-text")?.focus();
}

function focusSearch(): void {
  document.querySelector<HTMLElement>(".sidebar__search input")?.focus();
}

function editLast({ chat, editing }: PageModel): boolean {
  const last = chat.branch.peek().messages.findLast((message) => message.role === "user");
  if (!last || chat.live.peek()) return false;
  editing.value = last.id;
  return true;
}
