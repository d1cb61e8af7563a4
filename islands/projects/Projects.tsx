import { ProjectsPage, type ProjectsPageData } from "../../components/projects/ProjectsPage.tsx";
import { type ProjectsIslandProps, ProjectsScope } from "../../components/projects/ProjectsScope.tsx";

/** The list of projects. */
export default function Projects({ data, ...scope }: ProjectsIslandProps & { data: ProjectsPageData }) {
  return (
    <ProjectsScope {...scope}>
      <ProjectsPage data={data} />
    </ProjectsScope>
  );
}
