import type { LogModel } from "../../lib/client/system/log_model.ts";
import { queryOf } from "../../lib/client/system/system_api.ts";
import { LOG_LEVELS, type LogFilter } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";

/** Which lines are shown, and what can be done with them. */
export function LogFilters({ model, t }: { model: LogModel; t: Translate }) {
  const filter = model.filter.value;
  const isPaused = model.isPaused.value;
  return (
    <form
      class="log-filters"
      method="get"
      action="/system/log"
      aria-label={t("log.filter")}
      onSubmit={(event) => event.preventDefault()}
    >
      <label class="field">
        <span class="field__label">{t("log.level")}</span>
        <select
          class="field__control"
          name="level"
          value={filter.level ?? ""}
          onChange={(event) =>
            model.setFilter({ level: event.currentTarget.value as LogFilter["level"] || undefined })}
        >
          <option value="" selected={!filter.level}>{t("log.level.all")}</option>
          {LOG_LEVELS.map((level) => (
            <option key={level} value={level} selected={level === filter.level}>
              {t(`log.level.${level}`)}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span class="field__label">{t("log.part")}</span>
        <select
          class="field__control"
          name="part"
          value={filter.part ?? ""}
          onChange={(event) => model.setFilter({ part: event.currentTarget.value || undefined })}
        >
          <option value="" selected={!filter.part}>{t("log.part.all")}</option>
          {partsOf(model).map((part) => (
            <option key={part} value={part} selected={part === filter.part}>{part}</option>
          ))}
        </select>
      </label>
      <label class="field log-filters__text">
        <span class="field__label">{t("log.text")}</span>
        <input
          class="field__control"
          type="search"
          name="text"
          maxLength={200}
          autoComplete="off"
          value={filter.text ?? ""}
          onInput={(event) => model.setFilter({ text: event.currentTarget.value || undefined }, true)}
        />
      </label>
      <button type="submit" class="button log-filters__apply">{t("log.apply")}</button>
      <div class="log-filters__actions">
        <button
          type="button"
          class="button needs-script"
          aria-pressed={isPaused ? "true" : "false"}
          onClick={() => model.pause()}
        >
          <Icon name={isPaused ? "play" : "pause"} />
          {t(isPaused ? "log.resume" : "log.pause")}
        </button>
        <button type="button" class="button needs-script" onClick={() => model.clear()}>
          <Icon name="eraser" />
          {t("log.clear")}
        </button>
        <a class="button" href={`/api/system/logs/download${queryOf(filter)}`} download>
          <Icon name="download" />
          {t("log.download")}
        </a>
      </div>
    </form>
  );
}

/** The chosen part is offered before it has spoken. */
function partsOf({ parts, filter }: LogModel): string[] {
  const chosen = filter.value.part;
  return [...new Set([...parts.value, ...chosen ? [chosen] : []])].sort();
}
