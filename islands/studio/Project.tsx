import { ProjectWorkspace, type WorkspaceProps } from "../../components/studio/ProjectWorkspace.tsx";

/** A project's page. */
export default function Project(props: WorkspaceProps) {
  return <ProjectWorkspace {...props} />;
}
