import { type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { TerminalSession } from "../../shared/terminal/mod.ts";
import type { TerminalApi } from "./terminal_api.ts";
import type { TerminalLink } from "./terminal_link.ts";

/** One tab: a session and the window on it. */
export interface TerminalTab {
  readonly id: string;
  readonly session: Signal<TerminalSession>;
  readonly link: TerminalLink;
}

/** What `TerminalTabs` need. */
export interface TerminalTabsOptions {
  sessions: readonly TerminalSession[];
  /** The one to show first, where it is there. */
  active: string | null;
  api: Pick<TerminalApi, "open" | "close" | "rename">;
  linkTo(session: Signal<TerminalSession>): TerminalLink;
  onError(error: unknown): void;
  /** Another tab is shown; null for none. */
  onActivate(id: string | null): void;
}

/** Until a screen has said how large it is. */
const FIRST_SIZE = { cols: 80, rows: 24 };

/** The tabs of the page, in the order of their sessions' beginnings. */
export class TerminalTabs {
  readonly #options: TerminalTabsOptions;
  readonly #tabs: Signal<readonly TerminalTab[]>;
  readonly #activeId: Signal<string | null>;
  readonly #isOpening = signal(false);
  #size = FIRST_SIZE;

  constructor(options: TerminalTabsOptions) {
    this.#options = options;
    const tabs = options.sessions.map((session) => this.#tabOf(session));
    this.#tabs = signal(tabs);
    this.#activeId = signal(tabs.find(({ id }) => id === options.active)?.id ?? tabs[0]?.id ?? null);
  }

  get tabs(): ReadonlySignal<readonly TerminalTab[]> {
    return this.#tabs;
  }

  get activeId(): ReadonlySignal<string | null> {
    return this.#activeId;
  }

  get isOpening(): ReadonlySignal<boolean> {
    return this.#isOpening;
  }

  get active(): TerminalTab | undefined {
    return this.#tabs.value.find(({ id }) => id === this.#activeId.value);
  }

  /** How large the screens are, for new sessions. */
  setSize(cols: number, rows: number): void {
    this.#size = { cols, rows };
  }

  activate(id: string): void {
    if (this.#activeId.peek() === id) return;
    this.#activeId.value = id;
    this.#options.onActivate(id);
  }

  /** Shows the tab so many places after the one that is shown, around the ends. */
  step(places: number): void {
    const tabs = this.#tabs.peek();
    const at = tabs.findIndex(({ id }) => id === this.#activeId.peek());
    const next = tabs[(at + places + tabs.length) % tabs.length];
    if (next) this.activate(next.id);
  }

  /** Starts a shell in a tab of its own; in the folder of the one that is shown. True where it did. */
  async open(): Promise<boolean> {
    if (this.#isOpening.peek()) return false;
    this.#isOpening.value = true;
    try {
      const cwd = this.active?.session.peek().cwd;
      const session = await this.#options.api.open({ ...this.#size, ...(cwd === undefined ? {} : { cwd }) });
      this.#tabs.value = [...this.#tabs.peek(), this.#tabOf(session)];
      this.activate(session.id);
      return true;
    } catch (error) {
      this.#options.onError(error);
      return false;
    } finally {
      this.#isOpening.value = false;
    }
  }

  /** Ends a session and takes its tab away. */
  async close(id: string): Promise<void> {
    const tab = this.#tabs.peek().find((tab) => tab.id === id);
    if (!tab) return;
    try {
      if (tab.link.end.peek() === null) await this.#options.api.close(id);
      this.#remove(tab);
    } catch (error) {
      this.#options.onError(error);
    }
  }

  async rename(id: string, title: string): Promise<void> {
    try {
      const session = await this.#options.api.rename(id, title);
      const tab = this.#tabs.peek().find((tab) => tab.id === id);
      if (tab) tab.session.value = session;
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #remove(tab: TerminalTab): void {
    const tabs = this.#tabs.peek();
    const at = tabs.indexOf(tab);
    tab.link.stop();
    const left = tabs.toSpliced(at, 1);
    if (this.#activeId.peek() === tab.id) {
      this.#activeId.value = left[Math.min(at, left.length - 1)]?.id ?? null;
      this.#options.onActivate(this.#activeId.peek());
    }
    this.#tabs.value = left;
  }

  #tabOf(session: TerminalSession): TerminalTab {
    const changing = signal(session);
    return { id: session.id, session: changing, link: this.#options.linkTo(changing) };
  }
}
