import { useEffect } from "preact/hooks";
import { projectsUrl } from "../../lib/client/projects/projects_api.ts";
import type { ProjectsModel } from "../../lib/client/projects/projects_model.ts";
import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";
import { useProjects } from "./context.ts";

/** Searches projects by name: while one types, or by the address where there are no scripts. */
export function SearchForm({ model }: { model: ProjectsModel }) {
  const { t } = useProjects();
  const shown = model.shownQuery.value;
  useEffect(() => {
    // A reload, and the way back from a project, show what was searched.
    const url = projectsUrl("/projects", { query: shown });
    if (location.pathname === "/projects" && location.pathname + location.search !== url) {
      history.replaceState(history.state, "", url);
    }
  }, [shown]);
  const isLoading = model.loading.value === "list";
  return (
    <form
      class="projects__search"
      role="search"
      method="get"
      action="/projects"
      aria-busy={ariaState(isLoading)}
      onSubmit={(event) => {
        event.preventDefault();
        model.search(model.query.peek(), true);
      }}
    >
      <Icon name={isLoading ? "loader-circle" : "search"} class={isLoading ? "spin" : ""} />
      <input
        type="search"
        name="q"
        class="field__control"
        aria-label={t("projects.search")}
        placeholder={t("projects.search")}
        autocomplete="off"
        value={model.query.value}
        onInput={(event) => model.search(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" || model.query.peek() === "") return;
          event.preventDefault();
          model.search("", true);
        }}
      />
      <noscript>
        <button type="submit" class="button">{t("projects.searchDo")}</button>
      </noscript>
    </form>
  );
}
