import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Toasts } from "../../lib/client/toasts.ts";
import type { ProjectsApi } from "../../lib/client/projects/projects_api.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** What the components within an island that begins or lists projects share. */
export interface ProjectsScopeValue {
  t: Translate;
  /** "en" or "de". */
  language: string;
  api: ProjectsApi;
  toasts: Toasts;
  /** Tells of a failure in a toast. */
  report(error: unknown): void;
}

export const ProjectsContext = createContext<ProjectsScopeValue | null>(null);

/** What the island around a component shares. Throws outside of a `ProjectsScope`. */
export function useProjects(): ProjectsScopeValue {
  const value = useContext(ProjectsContext);
  if (!value) throw new Error("Cannot use the projects' scope outside of a ProjectsScope");
  return value;
}
