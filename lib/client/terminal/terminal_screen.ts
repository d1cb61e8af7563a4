import type { Terminal } from "@xterm/xterm";
import type { ScreenBundle } from "./load_screen.ts";
import type { LinkScreen } from "./terminal_link.ts";
import { contrastOf, terminalTheme } from "./terminal_theme.ts";

/** What a `TerminalScreen` needs. */
export interface TerminalScreenOptions {
  bundle: ScreenBundle;
  /** Where it is drawn; it fills this element. */
  host: HTMLElement;
  /** What its text field is called. */
  label: string;
  /** The id of the element that says how to leave it. */
  describedBy: string;
  /** Whether screen readers are told what is printed. */
  isSpoken: boolean;
  /** What was typed, or answered to the program. */
  onInput(text: string): void;
  onResize(cols: number, rows: number): void;
  /** The person wants to leave it, towards what stands before or after it. */
  onLeave(towards: "before" | "after"): void;
}

const SCROLLBACK_LINES = 5_000;

/** xterm in the page's look, as large as its place. */
export class TerminalScreen implements LinkScreen {
  readonly #options: TerminalScreenOptions;
  readonly #terminal: Terminal;
  readonly #end = new AbortController();
  #isReplaying = false;

  constructor(options: TerminalScreenOptions) {
    this.#options = options;
    const { bundle, host, isSpoken } = options;
    const style = getComputedStyle(host);
    this.#terminal = new bundle.Terminal({
      allowProposedApi: false,
      cursorBlink: !matchMedia("(prefers-reduced-motion: reduce)").matches,
      fontFamily: style.fontFamily,
      fontSize: parseFloat(style.fontSize),
      lineHeight: 1.2,
      scrollback: SCROLLBACK_LINES,
      screenReaderMode: isSpoken,
      theme: terminalTheme(host),
      minimumContrastRatio: contrastOf(document.documentElement),
      macOptionIsMeta: true,
    });
    const fit = new bundle.FitAddon();
    this.#terminal.loadAddon(fit);
    this.#terminal.open(host);
    this.#describe();
    this.#listen(fit);
  }

  get size(): { cols: number; rows: number } {
    const { cols, rows } = this.#terminal;
    return { cols, rows };
  }

  reset(): void {
    this.#terminal.reset();
  }

  write(data: string, onDrawn: () => void): void {
    this.#terminal.write(data, onDrawn);
  }

  setReplaying(isReplaying: boolean): void {
    this.#isReplaying = isReplaying;
  }

  /** Whether screen readers are told what is printed. */
  setSpoken(isSpoken: boolean): void {
    this.#terminal.options.screenReaderMode = isSpoken;
  }

  focus(): void {
    this.#terminal.focus();
  }

  /** Pastes, as the program wants pastes to come. */
  paste(text: string): void {
    this.#terminal.paste(text);
  }

  /** Whether arrow keys are wanted in the form for full-screen programs. */
  get hasApplicationKeys(): boolean {
    return this.#terminal.modes.applicationCursorKeysMode;
  }

  dispose(): void {
    this.#end.abort();
    this.#terminal.dispose();
  }

  #describe(): void {
    const { label, describedBy } = this.#options;
    const field = this.#terminal.textarea;
    field?.setAttribute("aria-label", label);
    field?.setAttribute("aria-describedby", describedBy);
  }

  #listen(fit: InstanceType<ScreenBundle["FitAddon"]>): void {
    const { host, onInput, onResize, onLeave } = this.#options;
    const { signal } = this.#end;
    this.#terminal.onData((text) => this.#isReplaying || onInput(text));
    this.#terminal.onResize(({ cols, rows }) => onResize(cols, rows));
    this.#terminal.attachCustomKeyEventHandler((event) => {
      const towards = leaving(event);
      if (towards === undefined) return this.#mayHave(event);
      event.preventDefault();
      if (event.type === "keydown") onLeave(towards);
      return false;
    });
    const fill = new ResizeObserver(() => {
      if (host.clientWidth > 0 && host.clientHeight > 0) fit.fit();
    });
    fill.observe(host);
    const colours = new MutationObserver(() => this.#recolour());
    colours.observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => this.#recolour(), {
      signal,
    });
    signal.addEventListener("abort", () => {
      fill.disconnect();
      colours.disconnect();
    });
    fit.fit();
    onResize(this.#terminal.cols, this.#terminal.rows);
  }

  /** Copying is the browser's own where something is selected. */
  #mayHave(event: KeyboardEvent): boolean {
    const isCopy = event.ctrlKey && event.shiftKey && event.code === "KeyC";
    if (!isCopy || event.type !== "keydown" || !this.#terminal.hasSelection()) return true;
    event.preventDefault();
    void navigator.clipboard.writeText(this.#terminal.getSelection());
    return false;
  }

  #recolour(): void {
    this.#terminal.options.theme = terminalTheme(this.#options.host);
    this.#terminal.options.minimumContrastRatio = contrastOf(document.documentElement);
  }
}

/** Tab belongs to the program, so that other keys lead out: Ctrl+Shift with the arrow up or down. */
function leaving({ ctrlKey, shiftKey, altKey, metaKey, key }: KeyboardEvent): "before" | "after" | undefined {
  if (!ctrlKey || !shiftKey || altKey || metaKey) return undefined;
  if (key === "ArrowUp") return "before";
  return key === "ArrowDown" ? "after" : undefined;
}
