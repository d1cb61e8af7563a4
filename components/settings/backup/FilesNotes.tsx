import { formatBytes, formatCount } from "../../../lib/client/format.ts";
import { BACKUP_FILE_NOTES, type BackupFileNote, type BackupFiles } from "../../../lib/shared/mod.ts";
import { useSettings } from "../context.ts";

/** What files are in a backup, and which are not. */
export function FilesNotes({ files: { files, bytes, leftOut, changed, named } }: { files: BackupFiles }) {
  const { t, language } = useSettings();
  const count = (value: number) => formatCount(value, language);
  return (
    <>
      <p>{t("backup.files.in", { files: count(files), size: formatBytes(bytes, language) })}</p>
      {leftOut > 0 && <p>{t("backup.files.leftOut", { count: count(leftOut) })}</p>}
      {changed > 0 && <p>{t("backup.files.changed", { count: count(changed) })}</p>}
      <NamedFiles named={named} total={leftOut + changed} />
    </>
  );
}

/** Files by their paths, with what is to be said of each. */
export function NamedFiles({ named, total }: { named: BackupFiles["named"]; total: number }) {
  const { t, language } = useSettings();
  if (named.length === 0) return null;
  return (
    <ul class="backup-named">
      {named.map(({ path, why }) => (
        <li key={path}>
          <code>{path}</code> · {isNote(why) ? t(`backup.files.why.${why}`) : why}
        </li>
      ))}
      {total > named.length && (
        <li>{t("backup.files.more", { count: formatCount(total - named.length, language) })}</li>
      )}
    </ul>
  );
}

function isNote(why: string): why is BackupFileNote {
  return (BACKUP_FILE_NOTES as readonly string[]).includes(why);
}
