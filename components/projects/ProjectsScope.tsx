import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import { ProjectsApi } from "../../lib/client/projects/projects_api.ts";
import { Toasts } from "../../lib/client/toasts.ts";
import { FreshetError } from "../../lib/shared/mod.ts";
import { type Texts, translateWith } from "../../lib/shared/texts/mod.ts";
import { ErrorBoundary } from "../layout/ErrorBoundary.tsx";
import { ToastList } from "../ToastList.tsx";
import { ProjectsContext, type ProjectsScopeValue } from "./context.ts";

/** What every island that begins or lists projects is given. */
export interface ProjectsIslandProps {
  texts: Texts;
  /** "en" or "de". */
  language: string;
}

/** The inside of such an island: texts, messages, and a fence around what breaks. */
export function ProjectsScope(
  { texts, language, children }: ProjectsIslandProps & { children: ComponentChildren },
) {
  const scope = useMemo(() => scopeOf(texts, language), [texts, language]);
  return (
    <ProjectsContext.Provider value={scope}>
      <ErrorBoundary t={scope.t}>{children}</ErrorBoundary>
      <ToastList toasts={scope.toasts} t={scope.t} />
    </ProjectsContext.Provider>
  );
}

function scopeOf(texts: Texts, language: string): ProjectsScopeValue {
  const toasts = new Toasts(browserClock);
  const report = (error: unknown) => {
    if (error instanceof FreshetError) toasts.error(error);
    else reportError(error);
  };
  return { t: translateWith(texts), language, api: new ProjectsApi(), toasts, report };
}
