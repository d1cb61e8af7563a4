import type { ITheme } from "@xterm/xterm";

/** The colours of a terminal by the tokens that they are taken from, in each of the page's themes. */
const TOKENS = {
  background: "--code-bg",
  foreground: "--code-text",
  cursor: "--accent",
  cursorAccent: "--code-bg",
  selectionBackground: "--term-selection",
  selectionInactiveBackground: "--term-selection",
  black: "--term-black",
  red: "--term-red",
  green: "--term-green",
  yellow: "--term-yellow",
  blue: "--term-blue",
  magenta: "--term-magenta",
  cyan: "--term-cyan",
  white: "--term-white",
  brightBlack: "--term-bright-black",
  brightRed: "--term-bright-red",
  brightGreen: "--term-bright-green",
  brightYellow: "--term-bright-yellow",
  brightBlue: "--term-bright-blue",
  brightMagenta: "--term-bright-magenta",
  brightCyan: "--term-bright-cyan",
  brightWhite: "--term-bright-white",
} as const satisfies Partial<Record<keyof ITheme, string>>;

/** The terminal's colours in the page's theme as it is now, below an element. */
export function terminalTheme(parent: HTMLElement): ITheme {
  // A token may be any colour that CSS knows; the browser makes one of it that xterm knows too.
  const probe = document.createElement("span");
  probe.hidden = true;
  parent.append(probe);
  const entries = Object.entries(TOKENS).map(([name, token]) => {
    probe.style.color = `var(${token})`;
    return [name, opaque(getComputedStyle(probe).color)];
  });
  probe.remove();
  return Object.fromEntries(entries);
}

/** Contrast that text has at least: as the page's other texts have it. */
export function contrastOf(root: HTMLElement): number {
  return root.dataset.theme === "high-contrast" ? 7 : 4.5;
}

/** `rgb(r, g, b)` without what lets the ground shine through. */
function opaque(color: string): string {
  const [, r, g, b] = color.match(/^rgba?\((\d+),\s*(\d+),\s*(\d+)/) ?? [];
  return b === undefined ? color : `rgb(${r}, ${g}, ${b})`;
}
