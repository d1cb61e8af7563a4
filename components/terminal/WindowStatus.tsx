import type { TerminalTab } from "../../lib/client/terminal/terminal_tabs.ts";
import { useTerminal } from "./context.ts";

/** That a window has no connection, or that its session is over. */
export function WindowStatus({ tab }: { tab: TerminalTab }) {
  const { t, tabs } = useTerminal();
  const { link } = tab;
  const end = link.end.value;
  if (end) {
    const said = end.exitCode === undefined
      ? t(`terminal.end.${end.end}`)
      : t("terminal.end.code", { code: end.exitCode });
    return (
      <div class="terminal-window__status" role="status">
        <span>{said}</span>
        <button type="button" class="button button--small" onClick={() => void tabs.open()}>
          {t("terminal.new")}
        </button>
        <button type="button" class="button button--small" onClick={() => void tabs.close(tab.id)}>
          {t("terminal.closeTab")}
        </button>
      </div>
    );
  }
  if (link.state.value !== "waiting") return null;
  return (
    <div class="terminal-window__status" role="alert">
      <span>{t("terminal.lost")}</span>
      <button type="button" class="button button--small" onClick={() => link.retryNow()}>
        {t("tryAgain")}
      </button>
    </div>
  );
}
