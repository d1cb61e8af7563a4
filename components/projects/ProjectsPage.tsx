import { useEffect, useMemo } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import { ProjectsModel } from "../../lib/client/projects/projects_model.ts";
import { listen } from "../../lib/client/settings/listen.ts";
import type { ErrorBody, ProjectList as ProjectListBody } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { useProjects } from "./context.ts";
import { EmptyList } from "./EmptyList.tsx";
import { ImportMenu } from "./ImportMenu.tsx";
import { MoreButton } from "./MoreButton.tsx";
import { ProjectList } from "./ProjectList.tsx";
import { SearchForm } from "./SearchForm.tsx";

/** What the page is rendered from. */
export interface ProjectsPageData {
  list: ProjectListBody;
  query: string;
  /** Where the shown page of the list begins; absent for the first one. */
  cursor?: string;
  /** Why there is no list. */
  problem: ErrorBody | null;
  /** The server's time (ms since 1970), so that both sides render the same. */
  now: number;
}

/** The person's projects. */
export function ProjectsPage({ data }: { data: ProjectsPageData }) {
  const { t } = useProjects();
  const model = useModel(data);
  const projects = model.projects.value;
  const isEmpty = projects.length === 0 && model.query.value === "" && model.shownQuery.value === "" &&
    data.cursor === undefined;
  const problem = model.problem.value;
  return (
    <div class="projects">
      <header class="projects__head">
        <h1 id="projects-title" tabIndex={-1}>{t("projects.title")}</h1>
        <ImportMenu />
        {!isEmpty && (
          <a class="button button--primary" href="/ask">
            <Icon name="plus" />
            {t("projects.new")}
          </a>
        )}
      </header>
      {!isEmpty && <SearchForm model={model} />}
      {problem && <LoadProblem problem={problem} model={model} />}
      <ProjectList model={model} now={data.now} />
      {projects.length === 0 && !problem && model.loading.value === null && <EmptyList model={model} />}
      <MoreButton model={model} />
    </div>
  );
}

function LoadProblem({ problem, model }: { problem: ErrorBody; model: ProjectsModel }) {
  const { t } = useProjects();
  return (
    <div class="problem projects__problem" role="alert">
      <Icon name="circle-alert" />
      <div>
        <p class="problem__message">{t("projects.failed")}</p>
        <p class="problem__hint">{problem.message}{problem.hint && `. ${problem.hint}`}</p>
        <a
          class="button button--small"
          href="/projects"
          onClick={(event) => {
            event.preventDefault();
            void model.load();
          }}
        >
          <Icon name="refresh-cw" />
          {t("tryAgain")}
        </a>
      </div>
    </div>
  );
}

function useModel(data: ProjectsPageData): ProjectsModel {
  const { api, report } = useProjects();
  const model = useMemo(() => {
    const { list, query, cursor, problem } = data;
    return new ProjectsModel({ list, query, cursor, problem, api, clock: browserClock, onError: report });
  }, []);
  useEffect(() => {
    const refresh = () => void model.refresh().catch(report);
    const stops = [
      model.watch(),
      listen({
        onEvent: (event) => event.type === "project:changed" && refresh(),
        onCatchUp: refresh,
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, []);
  return model;
}
