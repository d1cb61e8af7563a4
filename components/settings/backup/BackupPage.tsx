import { useEffect, useMemo } from "preact/hooks";
import { BackupApi } from "../../../lib/client/settings/backup_api.ts";
import { BackupModel, type BackupOutcome } from "../../../lib/client/settings/backup_model.ts";
import { listen } from "../../../lib/client/settings/listen.ts";

import type { BackupFilesSize, BackupsView } from "../../../lib/shared/mod.ts";
import { useSettings } from "../context.ts";
import { SectionHeader } from "../SectionHeader.tsx";
import { BackupList } from "./BackupList.tsx";
import { MakeForm } from "./MakeForm.tsx";
import { RestorePart } from "./RestorePart.tsx";
import { ScheduleForm } from "./ScheduleForm.tsx";

/** What the page is rendered from. */
export interface BackupData {
  view: BackupsView;
  /** How much the files of the added folders and of the trash are. */
  size: BackupFilesSize;
  /** The answer to a posted form. */
  outcome: BackupOutcome | null;
  /** The backup of which is asked whether to delete it. */
  confirming: string | null;
}

/** Backups are made, kept, planned and restored. */
export function BackupPage({ data }: { data: BackupData }) {
  const { t, report } = useSettings();
  const model = useMemo(() => {
    const made = new BackupModel({ api: new BackupApi(), ...data, onError: report });
    made.confirming.value = data.confirming;
    return made;
  }, []);
  useEffect(() => void model.count(), []);
  useEffect(() =>
    listen({
      onEvent: (event) =>
        event.type === "system:alert" && event.alert.figure === "backup" && void model.reload(),
      onCatchUp: () => void model.reload(),
    }), []);
  const isEmpty = model.view.value.work.length === 0;
  return (
    <>
      <SectionHeader title={t("settings.backup")} about={t("backup.intro")} />
      {isEmpty && <RestorePart model={model} />}
      <MakeForm model={model} />
      <BackupList model={model} />
      <ScheduleForm model={model} />
      {!isEmpty && <RestorePart model={model} />}
    </>
  );
}
