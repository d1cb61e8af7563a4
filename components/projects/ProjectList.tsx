import { useEffect, useState } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import type { ProjectsModel } from "../../lib/client/projects/projects_model.ts";
import { ariaState } from "../aria.ts";
import { useProjects } from "./context.ts";
import { ProjectItem } from "./ProjectItem.tsx";

/** ms after which "5 minutes ago" is looked at again. */
const TICK_MS = 30_000;

/** The projects, newest first. */
export function ProjectList({ model, now: start }: { model: ProjectsModel; now: number }) {
  const { t } = useProjects();
  const now = useNow(start);
  const projects = model.projects.value;
  if (projects.length === 0) return null;
  return (
    <ul
      class="project-list"
      aria-label={t("projects.list")}
      aria-busy={ariaState(model.loading.value === "list")}
    >
      {projects.map((project) => <ProjectItem key={project.id} project={project} model={model} now={now} />)}
    </ul>
  );
}

function useNow(start: number): number {
  const [now, setNow] = useState(start);
  useEffect(() => {
    let cancel: () => void;
    const tick = () => {
      setNow(browserClock.now());
      cancel = browserClock.after(TICK_MS, tick);
    };
    tick();
    return () => cancel();
  }, []);
  return now;
}
