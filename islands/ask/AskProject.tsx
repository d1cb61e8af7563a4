import { AskPage, type AskPageData } from "../../components/ask/AskPage.tsx";
import { type ProjectsIslandProps, ProjectsScope } from "../../components/projects/ProjectsScope.tsx";

/** Where a project begins. */
export default function AskProject({ data, ...scope }: ProjectsIslandProps & { data: AskPageData }) {
  return (
    <ProjectsScope {...scope}>
      <AskPage data={data} />
    </ProjectsScope>
  );
}
