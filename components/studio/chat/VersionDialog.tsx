import type { Version } from "../../../lib/shared/mod.ts";
import { useProject } from "../context.ts";
import { TextDialog } from "../TextDialog.tsx";

/** What a version is asked about in a dialog: the name of a branch from it, or its note. */
export type VersionQuestion = "branch" | "note";

/** Asks for a text that something is done to a version with. */
export function VersionDialog({ version, question, onClose }: {
  version: Version;
  question: VersionQuestion;
  onClose: () => void;
}) {
  const { actions, project, t } = useProject();
  if (question === "branch") {
    return (
      <TextDialog
        title={t("studio.branchDialog", { version: `v${version.number}` })}
        label={t("studio.branchName")}
        value={`branch-${project.peek().branches.length + 1}`}
        confirm={t("studio.branchMake")}
        maxLength={60}
        onConfirm={(name) => actions.branchFrom(version, name)}
        onClose={onClose}
      />
    );
  }
  return (
    <TextDialog
      title={t("studio.noteDialog", { version: `v${version.number}` })}
      label={t("studio.note")}
      value={version.note ?? ""}
      confirm={t("studio.noteSave")}
      maxLength={2000}
      multiline
      onConfirm={(note) => actions.note(version, note)}
      onClose={onClose}
    />
  );
}
