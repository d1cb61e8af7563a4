import { formatBytes, formatCount, formatDay, formatMoment } from "../../../lib/client/format.ts";
import { backupPath } from "../../../lib/client/settings/backup_api.ts";
import type { BackupModel } from "../../../lib/client/settings/backup_model.ts";
import type { BackupInfo } from "../../../lib/shared/mod.ts";
import { ariaState } from "../../aria.ts";
import { AskButton } from "../AskButton.tsx";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";
import { FilesNotes } from "./FilesNotes.tsx";

/** One backup: when, how large, whether it is whole, and what can be done with it. */
export function BackupRow({ backup, model, canRestore }: {
  backup: BackupInfo;
  model: BackupModel;
  canRestore: boolean;
}) {
  const { t, language } = useSettings();
  const { id, createdAt, size, origin, check, files } = backup;
  const date = formatMoment(createdAt, language);
  const work = model.work.value;
  const outcome = model.outcome.value;
  const isChecking = work?.type === "checking" && work.id === id;
  return (
    <li class="key">
      <div class="key__text">
        <p class="key__name">
          <strong>{date}</strong>
        </p>
        <p class="key__facts">
          <span>{formatBytes(size, language)}</span>
          <span>{t(`backup.origin.${origin}`)}</span>
          {files && <span>{t("backup.files.with", { files: formatCount(files.files, language) })}</span>}
          {files && files.leftOut > 0 && (
            <span>{t("backup.files.without", { count: formatCount(files.leftOut, language) })}</span>
          )}
          {check?.problem === undefined && (
            <span>
              {check ? t("backup.check.ok", { date: formatDay(check.at, language) }) : t("backup.check.none")}
            </span>
          )}
        </p>
        {outcome?.type === "checked" && outcome.id === id && outcome.files && check?.problem === undefined &&
          (
            <div class="field__hint">
              <FilesNotes files={outcome.files} />
            </div>
          )}
        {check?.problem !== undefined && (
          <p class="field__problem">
            <Icon name="circle-alert" />
            {t("backup.check.problem", { message: check.problem })}
          </p>
        )}
      </div>
      <div class="key__buttons">
        <a
          class="button button--small"
          href={backupPath(id)}
          download
          aria-label={t("backup.download.one", { date })}
        >
          <Icon name="download" />
          {t("backup.download")}
        </a>
        <form
          class="key__buttons"
          method="post"
          action="/settings/backup"
          onSubmit={(event) => {
            event.preventDefault();
            if (isRestore(event.submitter)) void model.restore(id);
            else void model.check(id);
          }}
        >
          <input type="hidden" name="id" value={id} />
          {canRestore && (
            <button
              type="submit"
              class="button button--small"
              name="intent"
              value="restoreKept"
              aria-disabled={ariaState(work !== null)}
              aria-label={t("backup.restore.one", { date })}
            >
              <Icon name="history" />
              {t("backup.restore.submit")}
            </button>
          )}
          <button
            type="submit"
            class="button button--small"
            name="intent"
            value="check"
            aria-disabled={ariaState(work !== null)}
            aria-label={t("backup.check.one", { date })}
          >
            <Icon name={isChecking ? "loader-circle" : "list-checks"} class={isChecking ? "spin" : ""} />
            {t("backup.check")}
          </button>
        </form>
        <AskButton
          action="/settings/backup"
          name="delete"
          value={id}
          text={t("backup.delete")}
          label={t("backup.delete.one", { date })}
          onAsk={() => model.confirming.value = id}
        />
      </div>
    </li>
  );
}

function isRestore(submitter: HTMLElement | null): boolean {
  return submitter instanceof HTMLButtonElement && submitter.value === "restoreKept";
}
