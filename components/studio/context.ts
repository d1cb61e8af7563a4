import { useComputed } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ProjectModel } from "../../lib/client/studio/project_model.ts";

/** The model of a project's page, for all components within its island. */
export const ProjectContext = createContext<ProjectModel | null>(null);

/** The model of a project's page. Throws outside of a `ProjectContext`. */
export function useProject(): ProjectModel {
  const model = useContext(ProjectContext);
  if (!model) throw new Error("Cannot use the project's model outside of its page");
  return model;
}

/** Whether a version is the one that is shown: what asks this is rendered again only where the answer changes. */
export function useIsShown(versionId: string): boolean {
  const { selected } = useProject();
  return useComputed(() => selected.value?.id === versionId).value;
}
