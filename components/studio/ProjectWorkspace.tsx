import { useEffect, useMemo } from "preact/hooks";
import type { ProjectPageData } from "../../lib/client/studio/page_data.ts";
import { projectModel } from "../../lib/client/studio/shared_project_model.ts";
import { startProjectPage } from "../../lib/client/studio/start_project_page.ts";
import type { Texts } from "../../lib/shared/texts/mod.ts";
import { ErrorBoundary } from "../layout/ErrorBoundary.tsx";
import { ToastList } from "../ToastList.tsx";
import { ProjectBar } from "./bar/ProjectBar.tsx";
import { ChatPane } from "./chat/ChatPane.tsx";
import { ProjectContext } from "./context.ts";
import { Divider } from "./Divider.tsx";
import { WorkArea } from "./WorkArea.tsx";
import { WorkTabs } from "./WorkTabs.tsx";

/** What the island of a project's page is given. */
export interface WorkspaceProps {
  data: ProjectPageData;
  texts: Texts;
}

/** A project's page: its bar, the chat, and what stands beside it. */
export function ProjectWorkspace({ data, texts }: WorkspaceProps) {
  const model = useMemo(() => projectModel(data, texts), [data, texts]);
  useEffect(() => startProjectPage(model), [model]);
  const { layout, t } = model;
  return (
    <ProjectContext.Provider value={model}>
      <div
        class="studio"
        data-tab={layout.tab.value}
        data-chat={layout.chatShown.value ? "shown" : "hidden"}
        style={{ "--split": `${layout.split.value}%` }}
      >
        <ErrorBoundary t={t}>
          <ProjectBar />
        </ErrorBoundary>
        <ErrorBoundary t={t}>
          <ChatPane />
        </ErrorBoundary>
        <Divider />
        <WorkTabs />
        <ErrorBoundary t={t}>
          <WorkArea />
        </ErrorBoundary>
      </div>
      <ToastList toasts={model.toasts} t={t} />
      <div class="visually-hidden" aria-live="polite">{model.announcement.value}</div>
    </ProjectContext.Provider>
  );
}
