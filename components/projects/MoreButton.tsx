import { projectsUrl } from "../../lib/client/projects/projects_api.ts";
import type { ProjectsModel } from "../../lib/client/projects/projects_model.ts";
import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";
import { useProjects } from "./context.ts";

/** Leads to the next page of the list; with scripts it is added to the one that is shown. */
export function MoreButton({ model }: { model: ProjectsModel }) {
  const { t } = useProjects();
  const cursor = model.cursor.value;
  if (cursor === undefined) return null;
  const isLoading = model.loading.value === "more";
  return (
    <p class="projects__more">
      <a
        class="button"
        href={projectsUrl("/projects", { query: model.shownQuery.value, cursor })}
        aria-busy={ariaState(isLoading)}
        onClick={(event) => {
          event.preventDefault();
          void model.loadMore();
        }}
      >
        {isLoading && <Icon name="loader-circle" class="spin" />}
        {t(isLoading ? "projects.loading" : "projects.more")}
      </a>
    </p>
  );
}
