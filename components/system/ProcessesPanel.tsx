import { useSystem } from "./context.ts";
import { Panel } from "./Panel.tsx";
import { sizeWords, unitWords } from "./system_words.ts";

/** The processes of model servers, the largest first. */
export function ProcessesPanel() {
  const { model, t, language } = useSystem();
  const { processes } = model.view.value.state;
  const words = { t, language };
  return (
    <Panel part="processes" title={t("system.processes")} isKnown={processes !== null}>
      {processes?.length === 0
        ? <p class="muted">{t("system.processes.none")}</p>
        : (
          <table class="system-table">
            <thead>
              <tr>
                <th scope="col">{t("system.processes.server")}</th>
                <th scope="col" class="system-table__extra">{t("system.processes.pid")}</th>
                <th scope="col">{t("system.processes.memory")}</th>
                <th scope="col">{t("system.processes.cpu")}</th>
                <th scope="col" class="system-table__extra">{t("system.processes.elapsed")}</th>
              </tr>
            </thead>
            <tbody>
              {processes?.map(({ pid, server, command, cpu, memory, elapsed }) => (
                <tr key={pid}>
                  <th scope="row">
                    {server}
                    <code class="system-table__command" title={t("system.processes.command")}>{command}</code>
                  </th>
                  <td class="system-table__extra">{pid}</td>
                  <td>{sizeWords(memory, words)}</td>
                  <td>{unitWords("system.percent", cpu, words)}</td>
                  <td class="system-table__extra">{elapsed}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
    </Panel>
  );
}
