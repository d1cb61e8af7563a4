import { useState } from "preact/hooks";
import { zipUrl } from "../../../lib/client/studio/studio_api.ts";
import type { Version } from "../../../lib/shared/mod.ts";
import { Menu, MenuItem, MenuLink } from "../../chat/Menu.tsx";
import { useLazy } from "../../chat/use_lazy.ts";
import { useProject } from "../context.ts";
import type { VersionQuestion } from "./VersionDialog.tsx";

/** What can be done with a version. */
export function VersionMenu({ version }: { version: Version }) {
  const { t } = useProject();
  const [asked, setAsked] = useState<VersionQuestion | null>(null);
  const Dialog = useLazy(
    asked !== null,
    () => import("./VersionDialog.tsx").then((module) => module.VersionDialog),
  );
  return (
    <>
      <Menu
        label={t("studio.menu", { version: `v${version.number}` })}
        icon="ellipsis-vertical"
        class="icon-button icon-button--small"
      >
        <VersionMenuItems version={version} onAsk={setAsked} />
      </Menu>
      {asked && Dialog && <Dialog version={version} question={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

/** The items, which are there only while the menu is open. */
function VersionMenuItems({ version, onAsk }: {
  version: Version;
  onAsk: (question: VersionQuestion) => void;
}) {
  const { actions, isBusy, thread, t } = useProject();
  const isNewest = thread.value.at(-1)?.id === version.id;
  const canRetry = version.prompt !== "" && !isBusy.value;
  const hasFiles = version.fileCount > 0;
  return (
    <>
      {canRetry && (
        <MenuItem
          icon="refresh-cw"
          label={t("studio.menu.regenerate")}
          onClick={() => actions.retry(version)}
        />
      )}
      {hasFiles && (
        <MenuItem
          icon="copy"
          label={t("studio.menu.copyAll")}
          onClick={() => actions.copyAll(version)}
        />
      )}
      {hasFiles && (
        <MenuLink
          icon="download"
          label={t("studio.menu.zip")}
          href={zipUrl(version)}
          download
        />
      )}
      {version.parentId !== null && (
        <MenuItem
          icon="git-compare"
          label={t("studio.menu.compare")}
          onClick={() => actions.compare(version)}
        />
      )}
      <hr class="menu__separator" />
      {hasFiles && !isNewest && !isBusy.value && (
        <MenuItem
          icon="history"
          label={t("studio.menu.restore")}
          onClick={() => actions.restore(version)}
        />
      )}
      {hasFiles && (
        <MenuItem
          icon="git-branch"
          label={t("studio.menu.branch")}
          onClick={() => onAsk("branch")}
        />
      )}
      <MenuItem
        icon="star"
        label={t(version.starred ? "studio.menu.unstar" : "studio.menu.star")}
        onClick={() => actions.star(version)}
      />
      <MenuItem
        icon="sticky-note"
        label={t(version.note ? "studio.menu.editNote" : "studio.menu.note")}
        onClick={() => onAsk("note")}
      />
    </>
  );
}
