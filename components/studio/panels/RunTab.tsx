import { useProject } from "../context.ts";
import { RunPanel } from "../RunPanel.tsx";

/** The versions that run, and the console to send them requests. */
export function RunTab() {
  const model = useProject();
  const { versions, selected, project, data, t } = model;
  const shown = selected.value;
  return (
    <RunPanel
      t={t}
      language={data.language}
      projectId={project.value.id}
      versions={versions.value.filter(({ status, fileCount }) => status !== "generating" && fileCount > 0)}
      versionId={shown && shown.status !== "generating" ? shown.id : shown?.parentId ?? null}
      onError={(error) => model.report(error)}
    />
  );
}
