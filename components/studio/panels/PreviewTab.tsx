import { useProject } from "../context.ts";
import { PreviewPanel } from "../PreviewPanel.tsx";

/** Where the page of a project is. */
const PAGES = ["index.html", "public/index.html"];

/** The preview of the version that is shown; while it is made, of the one before it. */
export function PreviewTab() {
  const model = useProject();
  const { selected, selectedLive, files, project, prompt, t } = model;
  const version = selected.value;
  const paths = files.paths.value;
  const isMade = selectedLive.value !== null;
  const shown = isMade ? model.version(version?.parentId ?? "") : version;
  return (
    <PreviewPanel
      t={t}
      projectId={project.value.id}
      version={shown ?? null}
      hasPage={paths && PAGES.some((path) => paths.includes(path))}
      generating={isMade}
      onFix={(text) => prompt.insert(text)}
      onPick={(text) => prompt.insert(text)}
      onDrawing={(picture) => {
        const file = new File([picture], "preview.png", { type: "image/png" });
        prompt.addImages([file]).catch((error) => model.report(error));
      }}
    />
  );
}
