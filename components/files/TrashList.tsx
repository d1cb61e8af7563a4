import { formatBytes, formatMoment } from "../../lib/client/format.ts";
import type { TrashedFile } from "../../lib/shared/mod.ts";
import { fileNameOf, joinFilePath, parentFilePath } from "../../lib/shared/files/mod.ts";
import { Icon } from "../Icon.tsx";
import { useFiles } from "./context.ts";

/** What was deleted, with the way back. */
export function TrashList() {
  const { trash, dialog, t } = useFiles();
  const list = trash.value ?? [];
  return (
    <section class="trash" aria-labelledby="trash-title">
      <header class="folder-view__head">
        <h1 id="trash-title">{t("filesPage.trash")}</h1>
        {list.length > 0 && (
          <button
            type="button"
            class="button button--danger needs-script trash__empty"
            onClick={() => dialog.value = { type: "empty trash" }}
          >
            <Icon name="trash-2" />
            {t("filesPage.trash.empty")}
          </button>
        )}
      </header>
      {list.length === 0
        ? (
          <div class="files-empty">
            <p class="files-empty__title">{t("filesPage.trash.none")}</p>
            <p class="muted">{t("filesPage.trash.noneHint")}</p>
          </div>
        )
        : (
          <ul class="trash__list" role="list">
            {list.map((trashed) => <Trashed key={trashed.id} trashed={trashed} />)}
          </ul>
        )}
    </section>
  );
}

function Trashed({ trashed }: { trashed: TrashedFile }) {
  const model = useFiles();
  const { dialog, language, t } = model;
  const { id, kind, path, folderName, size, deletedAt } = trashed;
  const name = fileNameOf(path);
  return (
    <li class="trash__item">
      <Icon name={kind === "folder" ? "folder" : kind === "file" ? "file" : "link"} />
      <div class="trash__text">
        <p class="truncate">{name}</p>
        <p class="muted trash__facts">
          {t("filesPage.trash.was", {
            place: joinFilePath(folderName, parentFilePath(path)).replace(/\/$/, ""),
          })}
          {kind === "file" && <>{" "}· {formatBytes(size, language)}</>} · {formatMoment(deletedAt, language)}
        </p>
      </div>
      <form
        method="post"
        action="/files"
        onSubmit={(event) => {
          event.preventDefault();
          void model.restoreTrashed(trashed);
        }}
      >
        <input type="hidden" name="intent" value="restore" />
        <input type="hidden" name="id" value={id} />
        <button
          type="submit"
          class="button button--small"
          aria-label={t("filesPage.trash.restoreName", { name })}
        >
          <Icon name="undo-2" />
          {t("filesPage.trash.restore")}
        </button>
      </form>
      <button
        type="button"
        class="icon-button icon-button--small needs-script"
        aria-label={t("filesPage.trash.delete", { name })}
        onClick={() => dialog.value = { type: "delete for good", trashed }}
      >
        <Icon name="x" />
      </button>
    </li>
  );
}
