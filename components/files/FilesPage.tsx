import { useEffect } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import { lookAgain } from "../../lib/client/files/look_again.ts";
import { AddFolderForm } from "./AddFolderForm.tsx";
import { useFiles } from "./context.ts";
import { FilePanel } from "./FilePanel.tsx";
import { FilesDialogs } from "./FilesDialogs.tsx";
import { FolderRail } from "./FolderRail.tsx";
import { FolderView } from "./FolderView.tsx";
import { FilesProblem } from "./FilesProblem.tsx";
import type { FilesPageData } from "./page_data.ts";
import { TrashList } from "./TrashList.tsx";

/** The folders that were added, what is in the one that is chosen, and the file that is looked at. */
export function FilesPage({ data }: { data: FilesPageData }) {
  const model = useFiles();
  const { folder, file, t } = model;
  const isOpen = file.path.value !== null;
  useFollowing(data);
  const hasNone = data.folders.length === 0 && data.trash === null && data.problem === null;
  return (
    <div class={isOpen ? "files-page files-page--open" : "files-page"}>
      <FolderRail data={data} />
      <div class="files-page__main">
        {data.problem && <FilesProblem problem={data.problem} />}
        {hasNone && (
          <section class="files-empty" aria-labelledby="files-none">
            <h1 id="files-none">{t("filesPage.none")}</h1>
            <p class="muted">{t("filesPage.noneHint")}</p>
            {data.canManage && <AddFolderForm add={data.add} />}
          </section>
        )}
        {data.trash !== null && <TrashList />}
        {folder && <FolderView from={data.shown?.from ?? 0} />}
      </div>
      {isOpen && <FilePanel canChat={data.canChat} />}
      <FilesDialogs />
    </div>
  );
}

/** Keeps the page at what is on disk and at what the address says. */
function useFollowing({ shown }: FilesPageData): void {
  const model = useFiles();
  useEffect(() => {
    const { folder, file } = model;
    model.restoreLook();
    if (shown && shown.entries.length < shown.total) folder?.reload().catch((error) => model.report(error));
    const look = () => {
      folder?.reload().catch((error) => model.report(error));
      file.look().catch((error) => model.report(error));
    };
    const back = () => void model.restore(location.search).catch((error) => model.report(error));
    const warn = (event: BeforeUnloadEvent) => file.isDirty.peek() && event.preventDefault();
    const stopLooking = lookAgain(browserClock, look);
    addEventListener("popstate", back);
    addEventListener("beforeunload", warn);
    return () => {
      stopLooking();
      removeEventListener("popstate", back);
      removeEventListener("beforeunload", warn);
    };
  }, [model]);
}
