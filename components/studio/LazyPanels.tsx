import type { ComponentChildren } from "preact";
import { useLazy } from "../chat/use_lazy.ts";
import { Icon } from "../Icon.tsx";
import { useProject } from "./context.ts";
import type { WorkTab } from "../../lib/client/studio/workspace_layout.ts";

/** The panels whose code is loaded when they are shown for the first time, and which stay as they are from then on. */
export function LazyPanels() {
  const tab = useProject().layout.tab.value;
  const Preview = useLazy(
    tab === "preview",
    () => import("./panels/PreviewTab.tsx").then((module) => module.PreviewTab),
  );
  const Run = useLazy(tab === "run", () => import("./panels/RunTab.tsx").then((module) => module.RunTab));
  const Diff = useLazy(tab === "diff", () => import("./panels/DiffTab.tsx").then((module) => module.DiffTab));
  return (
    <>
      <Panel tab="preview" wanted={tab === "preview"}>{Preview && <Preview />}</Panel>
      <Panel tab="run" wanted={tab === "run"}>{Run && <Run />}</Panel>
      <Panel tab="diff" wanted={tab === "diff"}>{Diff && <Diff />}</Panel>
    </>
  );
}

function Panel({ tab, wanted, children }: { tab: WorkTab; wanted: boolean; children: ComponentChildren }) {
  const { t } = useProject();
  if (!wanted && !children) return null;
  return (
    <div class={`studio__panel studio__panel--${tab}`} hidden={!wanted}>
      {children ?? (
        <p class="code-pane__empty muted" role="status">
          <Icon name="loader-circle" class="spin" />
          <span class="visually-hidden">{t("studio.loading")}</span>
        </p>
      )}
    </div>
  );
}
