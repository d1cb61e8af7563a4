import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** Chooses the chats of one tag, beside the folder that is chosen. */
export function FilterBar() {
  const { search, folders, tags, overlay, t } = usePage();
  const { folder: folderId, tag: chosen } = search.filter.value ?? {};
  const folder = folders.value.find(({ id }) => id === folderId);
  if (tags.value.length === 0 && !folder) return null;
  const choose = (tag: string | undefined, folder = folderId) =>
    search.choose({ ...(folder ? { folder } : {}), ...(tag ? { tag } : {}) });
  return (
    <div class="filter-bar" role="group" aria-label={t("tags")}>
      {folder && (
        <button
          type="button"
          class="tag tag--choice"
          aria-pressed="true"
          onClick={() => search.choose(chosen ? { tag: chosen } : {})}
        >
          <Icon name="folder" />
          <span class="truncate">{t("folders.filter", { name: folder.name })}</span>
          <Icon name="x" />
        </button>
      )}
      {tags.value.map(({ id, name }) => (
        <button
          key={id}
          type="button"
          class="tag tag--choice"
          title={t("tags.filter", { name })}
          aria-pressed={ariaState(id === chosen)}
          onClick={() => choose(id === chosen ? undefined : id)}
        >
          <span class="truncate">{name}</span>
        </button>
      ))}
      {tags.value.length > 0 && (
        <button
          type="button"
          class="tag tag--choice tag--manage"
          title={t("tags.manage")}
          aria-label={t("tags.manage")}
          onClick={() => void (overlay.value = { type: "allTags" })}
        >
          <Icon name="pencil" />
        </button>
      )}
    </div>
  );
}
