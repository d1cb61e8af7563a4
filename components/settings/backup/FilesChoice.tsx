import { formatBytes, formatCount } from "../../../lib/client/format.ts";
import type { BackupFilesSize } from "../../../lib/shared/mod.ts";
import { useSettings } from "../context.ts";

/** Whether the files of the added folders come along, and how much that is. */
export function FilesChoice({ size, isChosen, onChange }: {
  size: BackupFilesSize;
  isChosen: boolean;
  onChange: (isChosen: boolean) => void;
}) {
  const { t, language } = useSettings();
  const { folders, files, bytes, isPartial } = size;
  const values = {
    folders: formatCount(folders, language),
    files: formatCount(files, language),
    size: formatBytes(bytes, language),
  };
  return (
    <label class="scope">
      <input
        type="checkbox"
        name="withFiles"
        checked={isChosen}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span class="scope__text">
        {t("backup.files")}
        <span class="field__hint">
          {folders === 0 && files === 0
            ? t("backup.files.none")
            : t(isPartial ? "backup.files.partial" : "backup.files.size", values)}
        </span>
      </span>
    </label>
  );
}
