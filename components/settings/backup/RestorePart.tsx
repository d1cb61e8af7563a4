import { useEffect, useRef } from "preact/hooks";
import { formatBytes, formatCount } from "../../../lib/client/format.ts";
import type { BackupModel } from "../../../lib/client/settings/backup_model.ts";
import type { RestoreView } from "../../../lib/shared/mod.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";
import { Notice } from "../Notice.tsx";
import { NamedFiles } from "./FilesNotes.tsx";

/** Restores an archive where this Freshet is empty, and says why not where it is not. */
export function RestorePart({ model }: { model: BackupModel }) {
  const { t } = useSettings();
  const outcome = model.outcome.value;
  const place = useRef<HTMLDivElement>(null);
  // A kept backup is restored from further down the page.
  useEffect(() => {
    if (outcome?.type.startsWith("restore")) place.current?.scrollIntoView({ block: "center" });
  }, [outcome]);
  return (
    <section aria-labelledby="backup-restore">
      <h2 id="backup-restore" class="settings-title">{t("backup.restore")}</h2>
      <p class="muted settings-text">
        {t("backup.restore.text")} {t("backup.orImport")}{" "}
        <a href="/settings/transfer">{t("backup.orImport.link")}</a>.
      </p>
      {model.view.value.work.length === 0
        ? <RestoreForm model={model} />
        : outcome?.type !== "restored" && <Notice kind="info">{t("backup.restore.notEmpty")}</Notice>}
      <div ref={place} class="backup-outcome" aria-live="polite">
        {outcome?.type === "restoreFailed" && (
          <Notice kind="error">
            {t("backup.restore.failed", { message: outcome.problem.message })}
            {outcome.problem.hint && <p>{outcome.problem.hint}</p>}
          </Notice>
        )}
        {outcome?.type === "restored" && <Report report={outcome.report} />}
      </div>
    </section>
  );
}

function RestoreForm({ model }: { model: BackupModel }) {
  const { t, toasts } = useSettings();
  const field = useRef<HTMLInputElement>(null);
  const choice = model.choice.value;
  const work = model.work.value;
  const isRestoring = work?.type === "restoring";
  const submit = (event: Event) => {
    event.preventDefault();
    const file = field.current?.files?.[0];
    if (file) void model.restore(file);
    else toasts.show({ kind: "info", message: t("backup.restore.choose") });
  };
  return (
    <form
      class="settings-card settings-card--padded settings-form"
      method="post"
      action="/settings/backup"
      encType="multipart/form-data"
      onSubmit={submit}
    >
      <div class="field">
        <label class="field__label" for="restore-file">{t("backup.restore.file")}</label>
        <input
          ref={field}
          id="restore-file"
          class="import-file"
          type="file"
          name="file"
          accept=".zip,application/zip"
          aria-describedby="restore-hint"
          required
        />
        <p id="restore-hint" class="field__hint">{t("backup.restore.hint")}</p>
      </div>
      <div class="field">
        <label class="field__label" for="restore-password">{t("backup.restore.password")}</label>
        <input
          id="restore-password"
          class="field__control"
          type="password"
          name="password"
          autocomplete="off"
          maxLength={1000}
          value={choice.password}
          onInput={(event) => model.choice.value = { ...choice, password: event.currentTarget.value }}
        />
      </div>
      <label class="scope">
        <input
          type="checkbox"
          name="withoutSecrets"
          checked={choice.withoutSecrets}
          onChange={(event) =>
            model.choice.value = { ...choice, withoutSecrets: event.currentTarget.checked }}
        />
        <span class="scope__text">
          {t("backup.restore.without")}
          <span class="field__hint">{t("backup.restore.without.hint")}</span>
        </span>
      </label>
      {work?.type === "restoring" && <Progress part={work.part} />}
      <div class="settings-form__buttons">
        <button type="submit" class="button button--primary" aria-disabled={ariaState(work !== null)}>
          <Icon name={isRestoring ? "loader-circle" : "history"} class={isRestoring ? "spin" : ""} />
          {t("backup.restore.submit")}
        </button>
      </div>
    </form>
  );
}

function Progress({ part }: { part: number }) {
  const { t } = useSettings();
  const percent = Math.floor(part * 100);
  return (
    <div class="import-progress">
      <progress aria-label={t("backup.restore")} max={100} value={percent} />
      <span class="muted">
        {part < 1 ? t("backup.restore.sending", { percent }) : t("backup.restore.running")}
      </span>
    </div>
  );
}

function Report({ report: { counts, secretsLeftOut, files } }: { report: RestoreView }) {
  const { t, language } = useSettings();
  const count = (entity: string) => formatCount(counts[entity] ?? 0, language);
  const total = Object.values(counts).reduce((sum, value) => sum + value, 0);
  return (
    <Notice kind={secretsLeftOut > 0 ? "warning" : "success"}>
      <p>
        {t("backup.restore.done", {
          chats: count("chat"),
          messages: count("message"),
          projects: count("project"),
          versions: count("version"),
          total: formatCount(total, language),
        })}
      </p>
      {secretsLeftOut > 0 && <p>{t("backup.restore.secrets", { count: secretsLeftOut })}</p>}
      {files && <RestoredFiles files={files} />}
      <p>{t("backup.restore.logins")}</p>
      <a href="/">{t("backup.restore.toChats")}</a>
    </Notice>
  );
}

/** Where the files of folders are now. */
function RestoredFiles({ files: { files, bytes, folders, leftOut, named } }: {
  files: NonNullable<RestoreView["files"]>;
}) {
  const { t, language } = useSettings();
  const values = { files: formatCount(files, language), size: formatBytes(bytes, language) };
  return (
    <>
      <p>{t("backup.restore.files", values)}</p>
      <ul class="backup-named">
        {folders.map(({ path, before }) => (
          <li key={path}>{before === undefined ? path : t("backup.restore.moved", { path, before })}</li>
        ))}
      </ul>
      {leftOut > 0 && <p>{t("backup.restore.leftOut", { count: formatCount(leftOut, language) })}</p>}
      <NamedFiles named={named} total={leftOut} />
    </>
  );
}
