import { useState } from "preact/hooks";
import { formatMoment } from "../../lib/client/format.ts";
import { formatAgo } from "../../lib/client/projects/ago.ts";
import type { ProjectsModel } from "../../lib/client/projects/projects_model.ts";
import type { ProjectSummary } from "../../lib/shared/mod.ts";
import { Menu } from "../chat/Menu.tsx";
import { Icon, type IconName } from "../Icon.tsx";
import { useProjects } from "./context.ts";
import { ProjectMenuItems } from "./ProjectMenuItems.tsx";
import { ProjectNameField } from "./ProjectNameField.tsx";

/** A project in the list, with what can be done to it. */
export function ProjectItem({ project, model, now }: {
  project: ProjectSummary;
  model: ProjectsModel;
  now: number;
}) {
  const { t } = useProjects();
  const [renaming, setRenaming] = useState(false);
  const name = project.name || t("projects.untitled");
  const link = `project-${project.id}`;
  const endRenaming = () => {
    setRenaming(false);
    // The field is gone with the next rendering, and the focus with it.
    requestAnimationFrame(() => document.getElementById(link)?.focus());
  };
  return (
    <li class="project">
      <span class="project__icon">
        <Icon name={iconOf(project)} />
      </span>
      <div class="project__text">
        {renaming
          ? (
            <ProjectNameField
              name={project.name}
              onRename={(wanted) => void model.rename(project, wanted)}
              onDone={endRenaming}
            />
          )
          : <a id={link} class="project__name" href={`/projects/${project.id}`}>{name}</a>}
        <Facts project={project} now={now} />
      </div>
      <Menu
        label={t("projects.menu", { name })}
        icon="ellipsis-vertical"
        class="icon-button project__menu"
      >
        <ProjectMenuItems project={project} model={model} onRename={() => setRenaming(true)} />
      </Menu>
    </li>
  );
}

function Facts({ project, now }: { project: ProjectSummary; now: number }) {
  const { t, language } = useProjects();
  const { kinds, versionCount, updatedAt, isGenerating } = project;
  const when = formatAgo(updatedAt, now, language) || t("projects.justNow");
  return (
    <p class="project__facts">
      {kinds.map((kind) => <span key={kind} class="badge">{t(`projects.kind.${kind}`)}</span>)}
      <span>
        {versionCount === 1
          ? t("projects.versions.one")
          : t("projects.versions.other", { count: versionCount })}
      </span>
      <time dateTime={new Date(updatedAt).toISOString()} title={formatMoment(updatedAt, language)}>
        {t("projects.changed", { when })}
      </time>
      {isGenerating && (
        <span class="badge badge--accent project__generating">
          <Icon name="loader-circle" class="spin" />
          {t("projects.generating")}
        </span>
      )}
    </p>
  );
}

function iconOf({ kinds }: ProjectSummary): IconName {
  if (kinds.length !== 1) return "folder";
  return kinds[0] === "api" ? "server" : "app-window";
}
