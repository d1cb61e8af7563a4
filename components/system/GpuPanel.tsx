import type { GpuState } from "../../lib/shared/mod.ts";
import { useSystem } from "./context.ts";
import { Bar, Panel } from "./Panel.tsx";
import { sizeWords, unitWords, type Words } from "./system_words.ts";

/** The graphics processors. */
export function GpuPanel() {
  const { model, t, language } = useSystem();
  const { gpu } = model.view.value.state;
  const words = { t, language };
  return (
    <Panel part="gpu" title={t("system.gpu")} isKnown={gpu !== null}>
      <table class="system-table">
        <thead>
          <tr>
            <th scope="col">{t("system.gpu.name")}</th>
            <th scope="col">{t("system.gpu.busy")}</th>
            <th scope="col">{t("system.gpu.memory")}</th>
            <th scope="col" class="system-table__extra">{t("system.gpu.temperature")}</th>
            <th scope="col" class="system-table__extra">{t("system.gpu.power")}</th>
          </tr>
        </thead>
        <tbody>
          {gpu?.map((one, i) => (
            <tr key={i}>
              <th scope="row">{one.name}</th>
              <td>{unitWords("system.percent", one.busy, words)}</td>
              <td>
                {memoryWords(one, words)}
                {one.memoryUsed !== null && one.memoryTotal !== null && (
                  <Bar percent={one.memoryUsed / one.memoryTotal * 100} />
                )}
              </td>
              <td class="system-table__extra">{unitWords("system.celsius", one.temperature, words)}</td>
              <td class="system-table__extra">{unitWords("system.watts", one.power, words)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function memoryWords({ memoryUsed, memoryTotal }: GpuState, words: Words): string {
  if (memoryUsed === null) return "–";
  const used = sizeWords(memoryUsed, words);
  if (memoryTotal === null) return words.t("system.gpu.shared", { used });
  return `${used} / ${sizeWords(memoryTotal, words)}`;
}
