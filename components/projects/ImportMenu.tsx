import { useMemo, useRef } from "preact/hooks";
import { type ImportOutcome, ProjectImport } from "../../lib/client/projects/project_import.ts";
import { Menu, MenuItem } from "../chat/Menu.tsx";
import { Icon } from "../Icon.tsx";
import { useProjects } from "./context.ts";

/** So many files that were left out are named. */
const MOST_NAMED = 5;

/** Makes a project of a ZIP file or a folder, and goes there at once where nothing had to be left out. */
export function ImportMenu() {
  const { t, language, api, toasts, report } = useProjects();
  const model = useMemo(() => new ProjectImport({ api, t, language, onError: report }), []);
  const zip = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement | null>(null);
  const open = async (importing: Promise<ImportOutcome | null>) => {
    const outcome = await importing;
    if (!outcome) return;
    const { id, name, skipped } = outcome;
    const go = () => location.assign(`/projects/${id}`);
    if (skipped.length === 0) return go();
    toasts.show({
      kind: "warning",
      message: t("projects.import.skipped", { name, count: skipped.length }),
      hint: skipped.slice(0, MOST_NAMED).join(", ") + (skipped.length > MOST_NAMED ? ", …" : ""),
      action: { label: t("projects.open"), run: go },
    });
  };
  const name = model.importing.value;
  return (
    <>
      <span class="projects__importing" role="status">
        {name !== null && (
          <>
            <Icon name="loader-circle" class="spin" />
            {t("projects.importing", { name })}
          </>
        )}
      </span>
      <Menu label={t("projects.import")} icon="upload" class="button" hasText>
        <MenuItem icon="file-archive" label={t("projects.import.zip")} onClick={() => zip.current?.click()} />
        <MenuItem
          icon="folder-up"
          label={t("projects.import.folder")}
          onClick={() => folder.current?.click()}
        />
      </Menu>
      <input
        ref={zip}
        type="file"
        hidden
        accept=".zip,application/zip"
        aria-label={t("projects.import.zip")}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) open(model.zip(file)).catch(report);
          currentTarget.value = "";
        }}
      />
      <input
        ref={(element) => {
          folder.current = element;
          if (element) element.webkitdirectory = true;
        }}
        type="file"
        hidden
        multiple
        aria-label={t("projects.import.folder")}
        onChange={({ currentTarget }) => {
          const files = Array.from(currentTarget.files ?? []);
          if (files.length > 0) open(model.folder(files)).catch(report);
          currentTarget.value = "";
        }}
      />
    </>
  );
}
