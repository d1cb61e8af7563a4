import { useRef, useState } from "preact/hooks";
import { formatCount } from "../../lib/client/format.ts";
import { Icon } from "../Icon.tsx";
import { Breadcrumb } from "./Breadcrumb.tsx";
import { ChosenBar } from "./ChosenBar.tsx";
import { useFolder } from "./context.ts";
import { FileGrid } from "./FileGrid.tsx";
import { FilesProblem } from "./FilesProblem.tsx";
import { FolderTools } from "./FolderTools.tsx";
import { SearchHits } from "./SearchHits.tsx";
import { UploadList } from "./UploadList.tsx";

/** One folder: where it is, what can be done, and its entries. Files may be dropped anywhere on it. */
export function FolderView({ from }: { from: number }) {
  const model = useFolder();
  const { folder, search, t } = model;
  const [isOver, setOver] = useState(false);
  // Entering a child comes before leaving its parent.
  const depth = useRef(0);
  const problem = folder.problem.value;
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const count = folder.total.value;
  return (
    <section
      class="folder-view"
      aria-labelledby="folder-title"
      onDragEnter={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth.current++;
        setOver(true);
      }}
      onDragOver={(event) => hasFiles(event) && event.preventDefault()}
      onDragLeave={(event) => {
        if (hasFiles(event) && --depth.current <= 0) setOver(false);
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        void model.upload(event.dataTransfer?.files ?? []);
      }}
    >
      <header class="folder-view__head">
        <Breadcrumb />
        <p class="folder-view__count muted" role="status">
          {folder.loading.value
            ? <Icon name="loader-circle" class="spin" />
            : t("filesPage.count", { count: formatCount(count, model.language) })}
        </p>
        <FolderTools />
      </header>
      <ChosenBar />
      {problem
        ? <FilesProblem problem={problem.toBody()} onRetry={() => void folder.reload()} />
        : search.state.value === "idle"
        ? count === 0
          ? (
            <div class="files-empty">
              <p class="files-empty__title">{t("filesPage.empty")}</p>
              <p class="muted needs-script">{t("filesPage.emptyHint")}</p>
            </div>
          )
          : <FileGrid from={from} />
        : <SearchHits />}
      <UploadList />
      {isOver && (
        <div class="folder-view__drop">
          <Icon name="upload" />
          {t("filesPage.upload.drop", { name: folder.path.value.split("/").at(-1) || model.folderName })}
        </div>
      )}
    </section>
  );
}
