import { branchOf } from "../../../lib/client/studio/version_list.ts";
import { useProject } from "../context.ts";
import { DiffPanel } from "../DiffPanel.tsx";

/** The comparison of two versions: those that somebody chose, else the one that is shown and the one before it. */
export function DiffTab() {
  const model = useProject();
  const { versions, selected, comparison, project, branch, actions, t } = model;
  const finished = versions.value.filter(({ status, fileCount }) => status !== "generating" && fileCount > 0);
  const shown = selected.value;
  const chosen = comparison.value ??
    (shown?.parentId && shown.status !== "generating" ? { from: shown.parentId, to: shown.id } : null);
  return (
    <DiffPanel
      t={t}
      projectId={project.value.id}
      versions={finished}
      {...(chosen ? { before: chosen.from, after: chosen.to } : {})}
      headId={branchOf(project.value, branch.value)?.headId ?? null}
      onTake={(path, versionId) => actions.takeFile(path, versionId)}
      onChoose={(from, to) => void (comparison.value = { from, to })}
    />
  );
}
