import { useEffect, useRef } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { contentHref, filesHref } from "../../lib/client/files/addresses.ts";
import { formatBytes, formatMoment } from "../../lib/client/format.ts";
import { fileNameOf, parentFilePath } from "../../lib/shared/files/mod.ts";
import { Icon } from "../Icon.tsx";
import { showBeside } from "../show_beside.ts";
import { useFolder } from "./context.ts";
import { FileEditor } from "./FileEditor.tsx";
import { FileShown } from "./FileShown.tsx";

/** The file that is looked at: beside the list, or over it. Without a script it is just open. */
export function FilePanel({ canChat }: { canChat: boolean }) {
  const model = useFolder();
  const { file, folder, language, t } = model;
  const dialog = useRef<HTMLDialogElement>(null);
  const path = file.path.value ?? "";
  const name = fileNameOf(path);
  const preview = file.preview.value;
  const isEditing = file.editing.value;
  const close = () => {
    model.closeFile();
    requestAnimationFrame(() => {
      if (file.path.peek() !== null) return;
      document.querySelector<HTMLElement>(`[data-name="${CSS.escape(name)}"] .file-row__name`)?.focus();
    });
  };
  useEffect(() => (dialog.current ? showBeside(dialog.current, "#file-panel-title") : undefined), []);
  return (
    <dialog
      ref={dialog}
      class={isEditing ? "file-panel file-panel--editing" : "file-panel"}
      open={!IS_BROWSER}
      aria-labelledby="file-panel-title"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => event.target === dialog.current && dialog.current?.matches(":modal") && close()}
    >
      <header class="file-panel__head">
        <h2 id="file-panel-title" tabIndex={-1}>{name}</h2>
        {file.isDirty.value && <span class="badge badge--warning">{t("filesPage.edit.dirty")}</span>}
        <a
          class="icon-button"
          href={filesHref({ folderId: folder.folderId, path: parentFilePath(path) })}
          aria-label={t("filesPage.close")}
          onClick={(event) => {
            event.preventDefault();
            close();
          }}
        >
          <Icon name="x" />
        </a>
      </header>
      <FileTools path={path} canChat={canChat} />
      {preview && !isEditing && (
        <p class="file-panel__facts muted">
          {formatBytes(preview.size, language)} · {formatMoment(preview.modifiedAt, language)}
          {preview.link && <span class="badge">{t(`filesPage.link.${preview.link}`)}</span>}
        </p>
      )}
      <div class="file-panel__body">{isEditing ? <FileEditor key={path} /> : <FileShown />}</div>
    </dialog>
  );
}

function FileTools({ path, canChat }: { path: string; canChat: boolean }) {
  const model = useFolder();
  const { file, folder, dialog, t } = model;
  const name = fileNameOf(path);
  if (file.editing.value) {
    return (
      <div class="file-panel__tools">
        <button
          type="button"
          class="button button--primary button--small"
          disabled={!file.isDirty.value || file.saving.value}
          onClick={() => void model.save()}
        >
          <Icon name="save" />
          {t("filesPage.edit.save")}
        </button>
        <button type="button" class="button button--small" onClick={() => model.stopEditing()}>
          {t("filesPage.edit.stop")}
        </button>
      </div>
    );
  }
  return (
    <div class="file-panel__tools">
      {file.preview.value?.version !== undefined && (
        <button
          type="button"
          class="button button--small needs-script"
          onClick={() => file.edit()}
        >
          <Icon name="square-pen" />
          {t("filesPage.edit")}
        </button>
      )}
      <a class="button button--small" href={contentHref(folder.folderId, path)} download={name}>
        <Icon name="download" />
        {t("filesPage.download")}
      </a>
      {canChat && (
        <button
          type="button"
          class="button button--small needs-script"
          onClick={() => dialog.value = { type: "chat", paths: [path] }}
        >
          <Icon name="message-square" />
          {t("filesPage.chat")}
        </button>
      )}
      <button
        type="button"
        class="icon-button icon-button--small needs-script"
        aria-label={t("filesPage.rename.title", { name })}
        title={t("filesPage.rename")}
        onClick={() => dialog.value = { type: "rename", name }}
      >
        <Icon name="pencil" />
      </button>
      <button
        type="button"
        class="icon-button icon-button--small needs-script"
        aria-label={`${t("filesPage.delete")} ${name}`}
        title={t("filesPage.delete")}
        onClick={() => void model.remove([name])}
      >
        <Icon name="trash-2" />
      </button>
    </div>
  );
}
