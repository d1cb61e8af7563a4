import { SYSTEM_RANGES, type SystemRange } from "../../lib/shared/mod.ts";
import { useSystem } from "./context.ts";

/** The hour, the day or the week: links, which a script follows without leaving the page. */
export function RangeChoice() {
  const { model, report, t } = useSystem();
  const shown = model.history.value.range;
  const show = (range: SystemRange) => {
    history.replaceState(history.state, "", range === "hour" ? "/system" : `/system?range=${range}`);
    model.show(range).catch(report);
  };
  return (
    <nav class="system-ranges" aria-label={t("system.range")} aria-busy={model.isLoading.value}>
      {SYSTEM_RANGES.map((range) => (
        <a
          key={range}
          class="system-ranges__range"
          href={`/system?range=${range}`}
          {...range === shown && { "aria-current": "true" }}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            show(range);
          }}
        >
          {t(`system.range.${range}`)}
        </a>
      ))}
    </nav>
  );
}
