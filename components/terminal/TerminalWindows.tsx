import { useEffect, useState } from "preact/hooks";
import { Icon } from "../Icon.tsx";
import { useTerminal } from "./context.ts";
import { TerminalWindow } from "./TerminalWindow.tsx";

const SPOKEN = "freshet.terminal.spoken";

/** The windows on all sessions, of which one is seen, with what says how to leave it. */
export function TerminalWindows() {
  const { t, tabs } = useTerminal();
  const [isSpoken, setSpoken] = useState(false);
  useEffect(() => setSpoken(localStorage.getItem(SPOKEN) === "1"), []);
  const all = tabs.tabs.value;
  const speak = (isSpoken: boolean) => {
    localStorage.setItem(SPOKEN, isSpoken ? "1" : "0");
    setSpoken(isSpoken);
  };
  return (
    <>
      {all.length === 0 && <NoTerminal />}
      {all.map((tab) => (
        <TerminalWindow
          key={tab.id}
          tab={tab}
          isActive={tab.id === tabs.activeId.value}
          isSpoken={isSpoken}
        />
      ))}
      <div class="terminal-foot needs-script">
        <p id="terminal-leave" class="terminal-foot__hint">{t("terminal.leave")}</p>
        <label class="switch" id="terminal-after">
          <input
            type="checkbox"
            role="switch"
            checked={isSpoken}
            onChange={(event) => speak(event.currentTarget.checked)}
          />
          <span class="switch__text">{t("terminal.spoken")}</span>
        </label>
      </div>
    </>
  );
}

function NoTerminal() {
  const { t, tabs } = useTerminal();
  return (
    <div class="terminal-none">
      <Icon name="terminal" />
      <p>{t("terminal.none")}</p>
      <button
        type="button"
        class="button button--primary needs-script"
        disabled={tabs.isOpening.value}
        onClick={() => void tabs.open()}
      >
        {t("terminal.open")}
      </button>
      <noscript>
        <p>{t("terminal.needsScript")}</p>
      </noscript>
    </div>
  );
}
