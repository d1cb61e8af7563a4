import { useTerminal } from "./context.ts";
import { AuditPanel } from "./AuditPanel.tsx";
import { FilesPanel } from "./FilesPanel.tsx";
import { HistoryPanel } from "./HistoryPanel.tsx";
import { Obstacle } from "./Obstacle.tsx";
import type { TerminalPageData } from "./page_data.ts";
import { Problem } from "./Problem.tsx";
import { SnippetPanel } from "./SnippetPanel.tsx";
import { SwitchForm } from "./SwitchForm.tsx";
import { TerminalTabBar } from "./TerminalTabBar.tsx";
import { TerminalWindows } from "./TerminalWindows.tsx";
import { TurnOn } from "./TurnOn.tsx";

/** Terminals: how to turn them on, or those there are, with what helps to use them. */
export function TerminalPage({ data }: { data: TerminalPageData }) {
  const { t } = useTerminal();
  const { setting, obstacle } = data.state;
  const isUsable = setting.isOn && obstacle === null;
  return (
    <div class={isUsable ? "terminal-page terminal-page--on" : "terminal-page"}>
      <header class="terminal-head">
        <h1>{t("terminal.title")}</h1>
        {setting.isOn && <SwitchForm isOn />}
      </header>
      {data.problem && <Problem error={data.problem} />}
      {obstacle && <Obstacle obstacle={obstacle} />}
      {!setting.isOn && <TurnOn isProven={data.isProven} />}
      {isUsable && (
        <>
          <section class="terminal-work" aria-label={t("terminal.work")}>
            <TerminalTabBar />
            <TerminalWindows />
          </section>
          <aside class="terminal-side" aria-label={t("terminal.side")}>
            <SnippetPanel />
            <HistoryPanel />
            <FilesPanel />
          </aside>
        </>
      )}
      {(data.audit.length > 0 || setting.isOn) && <AuditPanel entries={data.audit} names={data.names} />}
    </div>
  );
}
