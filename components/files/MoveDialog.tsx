import { useEffect, useId, useState } from "preact/hooks";
import { joinFilePath, parentFilePath } from "../../lib/shared/files/mod.ts";
import { Icon } from "../Icon.tsx";
import { useFolder } from "./context.ts";
import { FormDialog } from "./FormDialog.tsx";

/** Asks where to move entries to, folder by folder. */
export function MoveDialog({ names, onClose }: { names: readonly string[]; onClose: () => void }) {
  const model = useFolder();
  const { api, folder, folders, t } = model;
  const id = useId();
  const [folderId, setFolderId] = useState(folder.folderId);
  const [path, setPath] = useState(folder.path.peek());
  const [below, setBelow] = useState<readonly string[] | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    setBelow(null);
    api.list(folderId, path, abort.signal).then(({ entries }) => {
      const isSource = folderId === folder.folderId && path === folder.path.peek();
      const usable = entries.filter(({ name, kind, unusable }) =>
        kind === "folder" && !unusable && !(isSource && names.includes(name))
      );
      setBelow(usable.map(({ name }) => name));
    }, (error) => abort.signal.aborted || model.report(error));
    return () => abort.abort();
  }, [folderId, path]);
  const isHere = folderId === folder.folderId && path === folder.path.peek();
  return (
    <FormDialog
      title={t("filesPage.move.title", { count: names.length })}
      confirm={t("filesPage.move.here")}
      isBusy={isHere}
      onConfirm={() => {
        onClose();
        void model.move(names, folderId, path);
      }}
      onClose={onClose}
    >
      <div class="field">
        <label class="field__label" for={`${id}-folder`}>{t("filesPage.folders")}</label>
        <select
          id={`${id}-folder`}
          data-first
          class="field__control"
          value={folderId}
          onChange={(event) => {
            setFolderId(event.currentTarget.value);
            setPath("");
          }}
        >
          {folders.map((each) => <option key={each.id} value={each.id}>{each.name}</option>)}
        </select>
      </div>
      <p class="move-dialog__path">
        <Icon name="folder-open" />/{path}
      </p>
      <ul class="move-dialog__list" role="list">
        {path !== "" && (
          <li>
            <button type="button" class="menu__item" onClick={() => setPath(parentFilePath(path))}>
              <Icon name="arrow-up" />
              {t("filesPage.move.up")}
            </button>
          </li>
        )}
        {below?.map((name) => (
          <li key={name}>
            <button type="button" class="menu__item" onClick={() => setPath(joinFilePath(path, name))}>
              <Icon name="folder" />
              <span class="truncate">{name}</span>
            </button>
          </li>
        ))}
      </ul>
      {below?.length === 0 && <p class="muted">{t("filesPage.move.none")}</p>}
    </FormDialog>
  );
}
