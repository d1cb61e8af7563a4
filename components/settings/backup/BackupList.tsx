import { formatMoment } from "../../../lib/client/format.ts";
import type { BackupModel } from "../../../lib/client/settings/backup_model.ts";
import { ConfirmDialog } from "../../ConfirmDialog.tsx";
import { useSettings } from "../context.ts";
import { Notice } from "../Notice.tsx";
import { BackupRow } from "./BackupRow.tsx";

/** The backups that are kept. */
export function BackupList({ model }: { model: BackupModel }) {
  const { t, language } = useSettings();
  const { backups, folder, folderProblem, work } = model.view.value;
  const asked = model.backup(model.confirming.value);
  return (
    <section aria-labelledby="backup-kept">
      <h2 id="backup-kept" class="settings-title">{t("backup.kept")}</h2>
      <p class="muted settings-text backup-folder">{t("backup.kept.in", { folder })}</p>
      {folderProblem !== undefined && (
        <Notice kind="warning">{t("backup.kept.problem", { message: folderProblem })}</Notice>
      )}
      {backups.length === 0 && folderProblem === undefined && (
        <p class="settings-card settings-card--padded muted">{t("backup.kept.none")}</p>
      )}
      {backups.length > 0 && (
        <ul class="settings-card">
          {backups.map((backup) => (
            <BackupRow key={backup.id} backup={backup} model={model} canRestore={work.length === 0} />
          ))}
        </ul>
      )}
      {asked && (
        <ConfirmDialog
          title={t("backup.delete.title")}
          text={t("backup.delete.text", { date: formatMoment(asked.createdAt, language) })}
          confirm={t("backup.delete")}
          cancel={t("cancel")}
          cancelHref="/settings/backup"
          action="/settings/backup"
          fields={{ intent: "delete", id: asked.id }}
          onConfirm={() => void model.delete(asked.id)}
          onCancel={() => model.confirming.value = null}
        />
      )}
    </section>
  );
}
