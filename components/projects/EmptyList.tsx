import type { ProjectsModel } from "../../lib/client/projects/projects_model.ts";
import { Icon } from "../Icon.tsx";
import { useProjects } from "./context.ts";

/** What stands where no project does: the way to the first one, or that nothing was found. */
export function EmptyList({ model }: { model: ProjectsModel }) {
  const { t } = useProjects();
  const query = model.shownQuery.value;
  if (query !== "") {
    return (
      <div class="projects-empty" role="status">
        <span class="projects-empty__icon">
          <Icon name="search" />
        </span>
        <p>{t("projects.notFound", { query })}</p>
        <a
          class="button"
          href="/projects"
          onClick={(event) => {
            event.preventDefault();
            model.search("", true);
          }}
        >
          {t("projects.showAll")}
        </a>
      </div>
    );
  }
  return (
    <div class="projects-empty">
      <span class="projects-empty__icon">
        <Icon name="hammer" />
      </span>
      <h2>{t("projects.none")}</h2>
      <p class="muted">{t("projects.noneHint")}</p>
      <a class="button button--primary" href="/ask">{t("projects.begin")}</a>
    </div>
  );
}
