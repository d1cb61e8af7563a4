import { useEffect, useRef, useState } from "preact/hooks";
import type { TerminalTab } from "../../lib/client/terminal/terminal_tabs.ts";
import { ariaState } from "../aria.ts";
import { useTerminal } from "./context.ts";
import { KeyRow } from "./KeyRow.tsx";
import { nameOf } from "./TerminalTabBar.tsx";
import { useScreen } from "./use_screen.ts";
import { WindowStatus } from "./WindowStatus.tsx";

/** The window on one session: its screen, what is wrong with it, and the keys that phones lack. */
export function TerminalWindow({ tab, isActive, isSpoken }: {
  tab: TerminalTab;
  isActive: boolean;
  isSpoken: boolean;
}) {
  const { t } = useTerminal();
  const host = useRef<HTMLDivElement>(null);
  // A screen is made when it is first seen, since it has no size before.
  const [wasSeen, setSeen] = useState(isActive);
  useEffect(() => {
    if (isActive) setSeen(true);
  }, [isActive]);
  const { screen, control } = useScreen({ tab, host, isActive, isSpoken, wasSeen });
  return (
    <div
      role="tabpanel"
      id={`terminal-window-${tab.id}`}
      class="terminal-window"
      aria-labelledby={`terminal-tab-${tab.id}`}
      hidden={!isActive}
    >
      <div
        ref={host}
        class="terminal-window__screen"
        role="group"
        aria-label={t("terminal.screen", { name: nameOf(tab) })}
        aria-busy={ariaState(screen.value === null)}
      />
      {screen.value === null && <p class="terminal-window__loading" role="status">{t("terminal.loading")}</p>}
      <WindowStatus tab={tab} />
      <KeyRow tab={tab} screen={screen} control={control} />
    </div>
  );
}
