import { fileNameOf } from "../../lib/shared/files/mod.ts";
import { ConfirmDialog } from "../ConfirmDialog.tsx";
import { ChatDialog } from "./ChatDialog.tsx";
import { useFiles } from "./context.ts";
import { MoveDialog } from "./MoveDialog.tsx";
import { NameDialog } from "./NameDialog.tsx";

/** What is asked over the page, one thing at a time. */
export function FilesDialogs() {
  const model = useFiles();
  const { dialog, file, t } = model;
  const asked = dialog.value;
  if (!asked) return null;
  const close = () => dialog.value = null;
  const confirm = (texts: { title: string; text: string; confirm: string }, act: () => void) => (
    <ConfirmDialog
      {...texts}
      cancel={t("cancel")}
      cancelHref="/files"
      action="/files"
      fields={{}}
      onCancel={close}
      onConfirm={() => {
        close();
        act();
      }}
    />
  );
  switch (asked.type) {
    case "rename":
      return (
        <NameDialog
          title={t("filesPage.rename.title", { name: asked.name })}
          label={t("filesPage.rename.label")}
          value={asked.name}
          confirm={t("filesPage.rename")}
          onConfirm={(name) => model.rename(asked.name, name)}
          onClose={close}
        />
      );
    case "new folder":
      return (
        <NameDialog
          title={t("filesPage.newFolder")}
          label={t("filesPage.newFolder.name")}
          value=""
          confirm={t("filesPage.newFolder.create")}
          onConfirm={async (name) => await model.folder?.makeFolder(name)}
          onClose={close}
        />
      );
    case "move":
      return <MoveDialog names={asked.names} onClose={close} />;
    case "chat":
      return <ChatDialog paths={asked.paths} onClose={close} />;
    case "discard":
      return confirm({
        title: t("filesPage.edit.discardTitle"),
        text: t("filesPage.edit.discardText", { name: fileNameOf(file.path.value ?? "") }),
        confirm: t("filesPage.edit.discard"),
      }, () => {
        file.stopEditing();
        asked.then();
      });
    case "empty trash":
      return confirm({
        title: t("filesPage.trash.emptyTitle"),
        text: t("filesPage.trash.emptyText", { count: model.trash.value?.length ?? 0 }),
        confirm: t("filesPage.trash.empty"),
      }, () => void model.emptyTrash());
    case "delete for good":
      return confirm({
        title: t("filesPage.trash.deleteTitle", { name: fileNameOf(asked.trashed.path) }),
        text: t("filesPage.trash.deleteText"),
        confirm: t("filesPage.trash.deleteConfirm"),
      }, () => void model.deleteTrashed(asked.trashed));
    case "remove folder":
      return confirm({
        title: t("filesPage.removeFolder.title", { name: asked.folder.name }),
        text: t("filesPage.removeFolder.text"),
        confirm: t("filesPage.removeFolder.confirm"),
      }, () => {
        model.api.removeFolder(asked.folder.id).then(
          () => location.assign("/files"),
          (error) => model.report(error),
        );
      });
  }
}
