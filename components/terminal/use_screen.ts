import type { RefObject } from "preact";
import { type Signal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import { loadScreen } from "../../lib/client/terminal/load_screen.ts";
import { withControl } from "../../lib/client/terminal/screen_keys.ts";
import { TerminalScreen } from "../../lib/client/terminal/terminal_screen.ts";
import type { TerminalTab } from "../../lib/client/terminal/terminal_tabs.ts";
import { whileSeen } from "../../lib/client/terminal/while_seen.ts";
import { useTerminal } from "./context.ts";

/** What a window's screen is made of. */
export interface ScreenPlace {
  tab: TerminalTab;
  host: RefObject<HTMLDivElement>;
  isActive: boolean;
  isSpoken: boolean;
  /** Whether it is or was shown. */
  wasSeen: boolean;
}

/** A tab's screen, loaded and connected once it is seen. `control` is whether the next key is typed with Ctrl. */
export function useScreen({ tab, host, isActive, isSpoken, wasSeen }: ScreenPlace): {
  screen: Signal<TerminalScreen | null>;
  control: Signal<boolean>;
} {
  const { t, tabs, typist, report } = useTerminal();
  const screen = useSignal<TerminalScreen | null>(null);
  const control = useSignal(false);
  useEffect(() => {
    if (!wasSeen) return;
    let isGone = false;
    let end = () => {};
    loadScreen().then(async (bundle) => {
      // Cells are measured in the font that they are drawn in.
      await document.fonts.ready;
      if (isGone || !host.current) return;
      screen.value = new TerminalScreen({
        bundle,
        host: host.current,
        label: t("terminal.input"),
        describedBy: "terminal-leave",
        isSpoken,
        onInput: (text) => {
          tab.link.type(control.peek() ? withControl(text) : text);
          control.value = false;
        },
        onResize: (cols, rows) => {
          tabs.setSize(cols, rows);
          tab.link.resize(cols, rows);
        },
        onLeave: leave,
      });
      const shown = screen.value;
      end = whileSeen(browserClock, { start: () => tab.link.start(shown), stop: () => tab.link.stop() });
    }).catch(report);
    return () => {
      isGone = true;
      end();
      screen.value?.dispose();
      screen.value = null;
    };
  }, [wasSeen]);
  useEffect(() => {
    const shown = screen.value;
    if (!isActive || !shown) return;
    shown.focus();
    typist.value = {
      insert: (text, run) => {
        shown.paste(text);
        if (run) tab.link.type("\r");
        shown.focus();
      },
    };
    return () => void (typist.value = null);
  }, [isActive, screen.value]);
  useEffect(() => screen.value?.setSpoken(isSpoken), [isSpoken, screen.value]);
  return { screen, control };
}

/** Tab is the program's key, so that others lead out of the screen. */
function leave(towards: "before" | "after"): void {
  const before = '.terminal-tab[aria-selected="true"]';
  document.querySelector<HTMLElement>(towards === "before" ? before : "#terminal-after input")?.focus();
}
