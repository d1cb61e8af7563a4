import { formatNumber } from "../../lib/client/format.ts";
import { useSystem } from "./context.ts";
import { Bar, Panel } from "./Panel.tsx";
import { percentWords } from "./system_words.ts";

/** The cores, and what waits for them. */
export function CpuPanel() {
  const { model, t, language } = useSystem();
  const { cpu } = model.view.value.state;
  const words = { t, language };
  return (
    <Panel part="cpu" title={t("system.cpu")} isKnown={cpu !== null}>
      <p class="system-panel__fact">{cpu?.model}</p>
      <ul class="system-cores" aria-label={t("system.cpu.cores")}>
        {cpu?.cores.map((core, i) => (
          <li key={i}>
            <span class="system-cores__name">{t("system.cpu.core", { number: i + 1 })}</span>
            <Bar percent={core} />
            <span>{percentWords(Math.round(core), words)}</span>
          </li>
        ))}
      </ul>
      {cpu?.load && (
        <p class="system-panel__fact">
          {t("system.cpu.load")}: {cpu.load.map((load) => formatNumber(load, language, 2)).join(" · ")}
        </p>
      )}
    </Panel>
  );
}
