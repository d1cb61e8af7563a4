import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Signal } from "@preact/signals";
import type { CommandBook } from "../../lib/client/terminal/command_book.ts";
import type { FolderView } from "../../lib/client/terminal/folder_view.ts";
import type { TerminalApi } from "../../lib/client/terminal/terminal_api.ts";
import type { TerminalTabs } from "../../lib/client/terminal/terminal_tabs.ts";
import type { Toasts } from "../../lib/client/toasts.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** What types into the terminal that is shown. */
export interface Typist {
  /** Types a text; with `run`, Enter after it. Then the keyboard is the terminal's. */
  insert(text: string, run: boolean): void;
}

/** What the components of the page of terminals share. */
export interface TerminalScopeValue {
  t: Translate;
  /** "en" or "de". */
  language: string;
  api: TerminalApi;
  tabs: TerminalTabs;
  book: CommandBook;
  folder: FolderView;
  /** The screen that is shown; null while there is none. */
  typist: Signal<Typist | null>;
  toasts: Toasts;
  /** Says something to screen readers. */
  announce(text: string): void;
  /** Tells of a failure in a toast. */
  report(error: unknown): void;
}

export const TerminalContext = createContext<TerminalScopeValue | null>(null);

/** What the page of terminals shares. Throws outside of a `TerminalScope`. */
export function useTerminal(): TerminalScopeValue {
  const value = useContext(TerminalContext);
  if (!value) throw new Error("Cannot use the terminals' scope outside of a TerminalScope");
  return value;
}
