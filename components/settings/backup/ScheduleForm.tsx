import { useEffect, useState } from "preact/hooks";
import { formatMoment } from "../../../lib/client/format.ts";
import type { BackupModel } from "../../../lib/client/settings/backup_model.ts";
import { BACKUP_RHYTHMS, type BackupRhythm, BACKUPS_KEPT_MAX } from "../../../lib/shared/mod.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";
import { Notice } from "../Notice.tsx";
import { FilesChoice } from "./FilesChoice.tsx";

/** A Sunday, to name the days of the week from. */
const SUNDAY = Date.UTC(2026, 0, 4, 12);
const DAY_MS = 86_400_000;

/** When backups are made by themselves. */
export function ScheduleForm({ model }: { model: BackupModel }) {
  const { t, language } = useSettings();
  const { schedule, status, defaultFolder } = model.view.value;
  const [draft, setDraft] = useState(schedule);
  // A restore brings another one.
  useEffect(() => setDraft(schedule), [JSON.stringify(schedule)]);
  const isSaving = model.work.value?.type === "saving";
  const outcome = model.outcome.value;
  const moment = (at: number) => formatMoment(at, language);
  const weekday = new Intl.DateTimeFormat(language, { weekday: "long", timeZone: "UTC" });
  return (
    <section aria-labelledby="backup-schedule">
      <h2 id="backup-schedule" class="settings-title">{t("backup.schedule")}</h2>
      <p class="muted settings-text">{t("backup.schedule.text")}</p>
      {status.isPaused && <Notice kind="warning">{t("backup.paused")}</Notice>}
      {status.problem && (
        <Notice kind="error">
          {t("backup.problem", { date: moment(status.problem.at), message: status.problem.message })}
        </Notice>
      )}
      <form
        class="settings-card settings-card--padded settings-form"
        method="post"
        action="/settings/backup"
        onSubmit={(event) => {
          event.preventDefault();
          void model.save(draft);
        }}
      >
        <input type="hidden" name="intent" value="schedule" />
        <div class="backup-schedule">
          <label class="field">
            <span class="field__label">{t("backup.every")}</span>
            <select
              class="field__control"
              name="every"
              value={draft.every}
              onChange={(event) => setDraft({ ...draft, every: event.currentTarget.value as BackupRhythm })}
            >
              {BACKUP_RHYTHMS.map((every) => (
                <option key={every} value={every} selected={every === draft.every}>
                  {t(`backup.every.${every}`)}
                </option>
              ))}
            </select>
          </label>
          <label class="field">
            <span class="field__label">{t("backup.weekday")}</span>
            <select
              class="field__control"
              name="weekday"
              value={draft.weekday}
              disabled={draft.every !== "week" && draft !== schedule}
              onChange={(event) => setDraft({ ...draft, weekday: Number(event.currentTarget.value) })}
            >
              {[1, 2, 3, 4, 5, 6, 0].map((day) => (
                <option key={day} value={day} selected={day === draft.weekday}>
                  {weekday.format(SUNDAY + day * DAY_MS)}
                </option>
              ))}
            </select>
          </label>
          <div class="field">
            <label class="field__label" for="backup-time">{t("backup.time")}</label>
            <input
              id="backup-time"
              class="field__control"
              type="time"
              name="time"
              required
              value={draft.time}
              aria-describedby="backup-time-hint"
              onInput={(event) => setDraft({ ...draft, time: event.currentTarget.value })}
            />
            <p id="backup-time-hint" class="field__hint">{t("backup.time.hint")}</p>
          </div>
          <div class="field">
            <label class="field__label" for="backup-keep">{t("backup.keep")}</label>
            <input
              id="backup-keep"
              class="field__control"
              type="number"
              name="keep"
              min={1}
              max={BACKUPS_KEPT_MAX}
              required
              value={draft.keep}
              aria-describedby="backup-keep-hint"
              onInput={(event) => setDraft({ ...draft, keep: Number(event.currentTarget.value) })}
            />
            <p id="backup-keep-hint" class="field__hint">{t("backup.keep.hint")}</p>
          </div>
        </div>
        <div class="field">
          <label class="field__label" for="backup-folder">{t("backup.folder")}</label>
          <input
            id="backup-folder"
            class="field__control"
            name="folder"
            maxLength={1000}
            spellcheck={false}
            value={draft.folder}
            aria-describedby="backup-folder-hint"
            onInput={(event) => setDraft({ ...draft, folder: event.currentTarget.value })}
          />
          <p id="backup-folder-hint" class="field__hint backup-folder">
            {t("backup.folder.hint", { folder: defaultFolder })}
          </p>
        </div>
        <FilesChoice
          size={model.size.value}
          isChosen={draft.withFiles}
          onChange={(withFiles) => setDraft({ ...draft, withFiles })}
        />
        <div class="settings-form__buttons">
          <button type="submit" class="button button--primary" aria-disabled={ariaState(isSaving)}>
            <Icon name="save" />
            {t("backup.save")}
          </button>
        </div>
      </form>
      <p class="muted settings-text backup-next">
        {status.nextAt !== null && t("backup.next", { date: moment(status.nextAt) })}
        {status.nextAt !== null && status.lastAt !== null && " · "}
        {status.lastAt !== null && t("backup.last", { date: moment(status.lastAt) })}
      </p>
      <div class="backup-outcome" aria-live="polite">
        {outcome?.type === "saved" && <Notice kind="success">{t("backup.saved")}</Notice>}
        {outcome?.type === "saveFailed" && <Notice kind="error">{outcome.problem.message}</Notice>}
      </div>
    </section>
  );
}
