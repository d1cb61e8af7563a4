import { filesHref, TRASH_HREF } from "../../lib/client/files/addresses.ts";
import { Icon } from "../Icon.tsx";
import { AddFolderForm } from "./AddFolderForm.tsx";
import { useFiles } from "./context.ts";
import type { FilesPageData } from "./page_data.ts";

/** The folders that were added, the trash, and the way to add one. */
export function FolderRail({ data }: { data: FilesPageData }) {
  const { dialog, t } = useFiles();
  const { folders, shown, trash, canManage, add } = data;
  if (folders.length === 0 && trash === null) return null;
  return (
    <nav class="folder-rail" aria-label={t("filesPage.folders")}>
      <ul class="folder-rail__list" role="list">
        {folders.map((folder) => {
          const isCurrent = folder.id === shown?.folderId;
          return (
            <li key={folder.id} class="folder-rail__item">
              <a
                class="folder-rail__link"
                href={filesHref({ folderId: folder.id })}
                title={folder.path}
                {...(isCurrent ? { "aria-current": "page" } : {})}
              >
                <Icon name={isCurrent ? "folder-open" : "folder"} />
                <span class="truncate">{folder.name}</span>
                {!folder.isThere && <span class="badge badge--warning">{t("filesPage.gone")}</span>}
              </a>
              {canManage && (
                <button
                  type="button"
                  class="icon-button icon-button--small needs-script folder-rail__remove"
                  aria-label={t("filesPage.removeFolder", { name: folder.name })}
                  title={t("filesPage.removeFolder", { name: folder.name })}
                  onClick={() => dialog.value = { type: "remove folder", folder }}
                >
                  <Icon name="x" />
                </button>
              )}
            </li>
          );
        })}
        <li class="folder-rail__item">
          <a
            class="folder-rail__link"
            href={TRASH_HREF}
            {...(trash ? { "aria-current": "page" } : {})}
          >
            <Icon name="trash-2" />
            <span>{t("filesPage.trash")}</span>
          </a>
        </li>
      </ul>
      {canManage && folders.length > 0 && (
        <details class="folder-rail__add" open={add.problem !== null}>
          <summary class="button button--quiet button--small">
            <Icon name="folder-plus" />
            {t("filesPage.add")}
          </summary>
          <AddFolderForm add={add} />
        </details>
      )}
    </nav>
  );
}
