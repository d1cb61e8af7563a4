import { useRef } from "preact/hooks";
import type { RowView } from "../../lib/client/files/row_window.ts";
import { useFolder } from "./context.ts";

/** The keys of the list of entries, and whether the focus has to follow what they chose. */
export function useGridKeys(view: RowView | null) {
  const model = useFolder();
  const { folder, dialog } = model;
  const { selection } = folder;
  const wantsFocus = useRef(false);
  const columns = view?.columns ?? 1;
  const page = view ? Math.max(1, Math.floor(view.height / view.rowHeight) - 1) * columns : 10;
  const steps: Record<string, number> = {
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: page,
    PageUp: -page,
    Home: -Infinity,
    End: Infinity,
    ...(columns > 1 ? { ArrowRight: 1, ArrowLeft: -1 } : {}),
  };
  const focusedEntry = () => folder.rows.peek().find(({ name }) => name === selection.focused.peek());
  /** The chosen entries, or else the one with the focus. */
  const names = () => {
    const chosen = folder.chosen.peek().map(({ name }) => name);
    const focused = selection.focused.peek();
    return chosen.length > 0 || focused === null ? chosen : [focused];
  };

  const act = (event: KeyboardEvent): boolean => {
    const { key, shiftKey: range, altKey } = event;
    const toggle = event.ctrlKey || event.metaKey;
    const step = steps[key];
    if (altKey && key === "ArrowUp") return done(() => model.goUp());
    if (altKey) return false;
    if (step !== undefined) return done(() => selection.move(step, { range, toggle }));
    if (toggle) return key.toLowerCase() === "a" && done(() => selection.chooseAll());
    const entry = focusedEntry();
    switch (key) {
      case "Enter":
        return done(() => entry && model.open(entry));
      case "Backspace":
        return done(() => model.goUp());
      case "Escape":
        return done(() => selection.clear());
      case "F2":
        return entry !== undefined && done(() => dialog.value = { type: "rename", name: entry.name });
      case "Delete":
        return done(() => void model.remove(names()));
      case " ":
        if (selection.isTyping(Date.now())) break;
        return entry !== undefined && done(() => selection.choose(entry.name, { toggle: true }));
    }
    return key.length === 1 && done(() => selection.type(key, Date.now()));
  };

  return {
    wantsFocus,
    onKeyDown(event: KeyboardEvent): void {
      // A box has the space for itself.
      if (event.key === " " && event.target instanceof HTMLInputElement) return;
      if (!act(event)) return;
      event.preventDefault();
      wantsFocus.current = true;
    },
  };
}

function done(work: () => unknown): true {
  work();
  return true;
}
