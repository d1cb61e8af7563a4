import type { ProjectsModel } from "../../lib/client/projects/projects_model.ts";
import type { ProjectSummary } from "../../lib/shared/mod.ts";
import { MenuItem } from "../chat/Menu.tsx";
import { useProjects } from "./context.ts";

/** What can be done to a project. */
export function ProjectMenuItems({ project, model, onRename }: {
  project: ProjectSummary;
  model: ProjectsModel;
  onRename: () => void;
}) {
  const { t, toasts } = useProjects();
  const name = project.name || t("projects.untitled");
  const duplicate = async () => {
    if (!await model.duplicate(project)) return;
    toasts.show({ kind: "success", message: t("projects.duplicated", { name }) });
  };
  const restore = async () => {
    if (!await model.restore(project)) return;
    toasts.show({ kind: "success", message: t("projects.restored", { name }) });
  };
  const remove = async () => {
    const deleting = model.delete(project);
    // What had the focus is gone with the project.
    document.getElementById("projects-title")?.focus();
    if (!await deleting) return;
    toasts.show({
      kind: "info",
      message: t("projects.deleted", { name }),
      action: { label: t("undo"), run: restore },
    });
  };
  return (
    <>
      <MenuItem icon="pencil" label={t("projects.rename")} onClick={onRename} />
      <MenuItem
        icon="copy"
        label={t("projects.duplicate")}
        disabled={!hasFinishedVersion(project)}
        onClick={duplicate}
      />
      <hr class="menu__separator" />
      <MenuItem icon="trash-2" label={t("projects.delete")} danger onClick={remove} />
    </>
  );
}

/** A copy begins with the newest version that stands, so that there has to be one. */
function hasFinishedVersion({ versionCount, isGenerating }: ProjectSummary): boolean {
  return versionCount > (isGenerating ? 1 : 0);
}
