import { ariaState } from "../../aria.ts";
import { CopyButton } from "../../CopyButton.tsx";
import { Icon } from "../../Icon.tsx";
import { useProject } from "../context.ts";
import { fileIconOf, fileStateText } from "../version_words.ts";
import { BuildTracker } from "./BuildTracker.tsx";
import { CheckList } from "./CheckList.tsx";
import { CodeView } from "./CodeView.tsx";
import { EditNotice } from "./EditNotice.tsx";
import { FileTree } from "./FileTree.tsx";

/** The code of the version that is shown: its progress while it is made, its files, the open file, its checks. */
export function CodePane() {
  const { code, layout, selected, t } = useProject();
  const path = code.openPath.value;
  return (
    <div class="code-pane" data-tree={layout.tree.value}>
      <BuildTracker />
      <div class="code-pane__files">
        <FileTree />
      </div>
      <div class="code-pane__main">
        <FileBar />
        <EditNotice />
        {path === null
          ? (
            <div class="code-pane__empty muted">
              <p>{t(selected.value?.status === "generating" ? "studio.filesSoon" : "studio.noFiles")}</p>
            </div>
          )
          : <CodeView path={path} />}
      </div>
      <CheckList />
    </div>
  );
}

/** The open file: its path, what became of it, its lock, copying it. */
function FileBar() {
  const { code, layout, selectedLive, actions, t } = useProject();
  const path = code.openPath.value;
  const file = code.files.value.find((each) => each.path === path);
  const state = file && fileStateText(file.state);
  const isBehind = selectedLive.value !== null && !code.following.value;
  return (
    <div class="file-bar">
      <button
        type="button"
        class="icon-button icon-button--small needs-script"
        title={t("studio.toggleFiles")}
        aria-label={t("studio.toggleFiles")}
        aria-expanded={ariaState(layout.tree.value !== "hidden")}
        onClick={() => layout.showTree(layout.tree.value === "hidden")}
      >
        <Icon name="panel-left" />
      </button>
      {file && (
        <>
          <Icon name={fileIconOf(file.path)} class="file-bar__icon" />
          <span class="file-bar__path truncate" title={file.path}>{file.path}</span>
          {file.edited && <span class="badge badge--accent">{t("studio.file.edited")}</span>}
          {state && !file.edited && <span class={`file-state file-state--${file.state}`}>{t(state)}</span>}
        </>
      )}
      <span class="file-bar__space" />
      {isBehind && (
        <button type="button" class="button button--small" onClick={() => code.follow()}>
          <Icon name="pen-line" />
          {t("studio.follow")}
        </button>
      )}
      {file && (
        <>
          <button
            type="button"
            class="icon-button icon-button--small needs-script"
            title={t(file.locked ? "studio.unlock" : "studio.lock")}
            aria-label={t(file.locked ? "studio.unlock" : "studio.lock")}
            aria-pressed={ariaState(file.locked)}
            onClick={() => actions.toggleLock(file.path)}
          >
            <Icon name={file.locked ? "lock" : "lock-open"} />
          </button>
          <CopyButton
            text={code.textOf(file.path) ?? ""}
            label={t("studio.copyFile")}
            copied={t("copied")}
            failed={t("studio.notCopied")}
            class="icon-button--small"
          />
        </>
      )}
    </div>
  );
}
