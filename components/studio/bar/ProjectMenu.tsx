import { zipUrl } from "../../../lib/client/studio/studio_api.ts";
import type { ProjectKind } from "../../../lib/shared/mod.ts";
import { Menu, MenuItem, MenuLink } from "../../chat/Menu.tsx";
import { useProject } from "../context.ts";

const KINDS: readonly ProjectKind[] = ["ui", "api"];

/** What can be done with the project: download the version that is shown, say what the project is for. */
export function ProjectMenu() {
  const { t } = useProject();
  return (
    <Menu label={t("studio.project")} icon="ellipsis-vertical" class="icon-button">
      <Items />
    </Menu>
  );
}

function Items() {
  const { selected, project, actions, t } = useProject();
  const version = selected.value;
  const canDownload = version && version.fileCount > 0 && version.status !== "generating";
  const { kinds } = project.value;
  return (
    <>
      {canDownload && (
        <MenuLink
          icon="download"
          label={`${t("studio.menu.zip")} (v${version.number})`}
          href={zipUrl(version)}
          download
        />
      )}
      {canDownload && (
        <MenuItem
          icon="copy"
          label={t("studio.menu.copyAll")}
          onClick={() => actions.copyAll(version)}
        />
      )}
      {canDownload && <hr class="menu__separator" />}
      {KINDS.map((kind) => (
        <MenuItem
          key={kind}
          icon={kinds.includes(kind) ? "check" : "plus"}
          label={t(kinds.includes(kind) ? `studio.kind.${kind}.is` : `studio.kind.${kind}.isNot`)}
          onClick={() => actions.toggleKind(kind)}
        />
      ))}
    </>
  );
}
