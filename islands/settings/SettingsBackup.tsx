import { type BackupData, BackupPage } from "../../components/settings/backup/BackupPage.tsx";
import { type SettingsIslandProps, SettingsScope } from "../../components/settings/SettingsScope.tsx";

/** Backups: made, kept, planned, restored. */
export default function SettingsBackup({ data, ...scope }: SettingsIslandProps & { data: BackupData }) {
  return (
    <SettingsScope {...scope}>
      <BackupPage data={data} />
    </SettingsScope>
  );
}
