import { useSystem } from "./context.ts";
import { Bar, Panel } from "./Panel.tsx";
import { sizeWords } from "./system_words.ts";

/** What of the memory is in use. */
export function MemoryPanel() {
  const { model, t, language } = useSystem();
  const { memory } = model.view.value.state;
  const words = { t, language };
  const use = (used: number, total: number) => ({
    used: sizeWords(used, words),
    total: sizeWords(total, words),
  });
  return (
    <Panel part="memory" title={t("system.memory")} isKnown={memory !== null}>
      {memory && (
        <>
          <p>{t("system.memory.used", use(memory.used, memory.total))}</p>
          <Bar percent={memory.used / memory.total * 100} />
          {memory.swapTotal > 0 && (
            <p class="system-panel__fact">
              {t("system.memory.swap", use(memory.swapUsed, memory.swapTotal))}
            </p>
          )}
        </>
      )}
    </Panel>
  );
}
