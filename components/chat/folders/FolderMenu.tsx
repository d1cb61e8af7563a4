import { deleteFolder, neighbour, stepFolder } from "../../../lib/client/folders/folder_actions.ts";
import type { ChatFolder } from "../../../lib/shared/mod.ts";
import { usePage } from "../context.ts";
import { Menu, MenuItem } from "../Menu.tsx";

/** What can be done to a folder. */
export function FolderMenu({ folder }: { folder: ChatFolder }) {
  const model = usePage();
  const { folders, overlay, search, t } = model;
  const { id, name, parentId } = folder;
  return (
    <Menu
      label={t("folders.menu", { name })}
      icon="ellipsis"
      class="icon-button icon-button--small chat-item__menu"
    >
      <MenuItem
        icon="square-pen"
        label={t("folders.newChat")}
        onClick={() => {
          model.newChat(false, undefined, id);
          document.getElementById("composer-text")?.focus();
        }}
      />
      <MenuItem
        icon="search"
        label={t("folders.onlyThis")}
        onClick={() => {
          search.choose({ folder: id });
          document.querySelector<HTMLElement>(".sidebar__search input")?.focus();
        }}
      />
      <MenuItem
        icon="pencil"
        label={t("folders.edit")}
        onClick={() => void (overlay.value = { type: "folder", folder })}
      />
      {parentId === undefined && (
        <MenuItem
          icon="folder-plus"
          label={t("folders.createInside")}
          onClick={() => void (overlay.value = { type: "folder", parentId: id })}
        />
      )}
      <MenuItem
        icon="arrow-up"
        label={t("folders.up")}
        disabled={!neighbour(folders.value, folder, -1)}
        onClick={() => stepFolder(model, folder, -1)}
      />
      <MenuItem
        icon="arrow-down"
        label={t("folders.down")}
        disabled={!neighbour(folders.value, folder, 1)}
        onClick={() => stepFolder(model, folder, 1)}
      />
      <hr class="menu__separator" />
      <MenuItem
        icon="trash-2"
        label={t("folders.delete")}
        danger
        onClick={() => deleteFolder(model, folder)}
      />
    </Menu>
  );
}
