import { Icon } from "../../Icon.tsx";
import { useProject } from "../context.ts";
import { BranchPicker } from "./BranchPicker.tsx";
import { ProjectMenu } from "./ProjectMenu.tsx";
import { ProjectName } from "./ProjectName.tsx";
import { VersionPicker } from "./VersionPicker.tsx";

/** Above everything: the project's name, the version that is shown, the branch. */
export function ProjectBar() {
  const { sync, t } = useProject();
  return (
    <div class="project-bar">
      <a class="icon-button" href="/projects" title={t("studio.back")} aria-label={t("studio.back")}>
        <Icon name="chevron-left" />
      </a>
      <ProjectName />
      <span class="project-bar__space" />
      <span class="project-bar__health" role="status">
        {sync.health.value === "reconnecting" && (
          <>
            <Icon name="wifi-off" />
            {t("studio.reconnecting")}
          </>
        )}
      </span>
      <BranchPicker />
      <VersionPicker />
      <ProjectMenu />
    </div>
  );
}
