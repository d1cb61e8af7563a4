import { CodePane } from "./code/CodePane.tsx";
import { useProject } from "./context.ts";
import { LazyPanels } from "./LazyPanels.tsx";

/** What the chosen tab shows. The code stays where it is, so that coming back to it costs nothing. */
export function WorkArea() {
  const { layout } = useProject();
  const tab = layout.tab.value;
  return (
    <section
      id="studio-work"
      class="studio__work"
      role="tabpanel"
      aria-labelledby={`tab-${tab}`}
      tabIndex={-1}
    >
      <div class="studio__panel" hidden={tab !== "code"}>
        <CodePane />
      </div>
      <LazyPanels />
    </section>
  );
}
