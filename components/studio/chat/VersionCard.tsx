import { useId } from "preact/hooks";
import { useSignal } from "@preact/signals";
import { standingOf } from "../../../lib/client/studio/version_list.ts";
import type { FileChange, Version } from "../../../lib/shared/mod.ts";
import { ariaState } from "../../aria.ts";
import { StandingIcon } from "../bar/VersionPicker.tsx";
import { Icon } from "../../Icon.tsx";
import { useIsShown, useProject } from "../context.ts";
import { fileCountText, fileIconOf, standingText, versionTitle } from "../version_words.ts";
import { VersionMenu } from "./VersionMenu.tsx";

/** A finished version in short: its title and number, its menu, and (unfolded) the files that it changed. */
export function VersionCard({ version }: { version: Version }) {
  const model = useProject();
  const { t } = model;
  const id = useId();
  const open = useSignal(false);
  const isShown = useIsShown(version.id);
  const standing = standingOf(version);
  return (
    <div class={isShown ? "version-card version-card--shown" : "version-card"}>
      <div class="version-card__head">
        <button
          type="button"
          class="version-card__toggle"
          aria-expanded={ariaState(open.value)}
          aria-controls={id}
          onClick={() => void (open.value = !open.value)}
        >
          <Icon name="chevron-right" class="version-card__chevron" />
          <span class="version-card__title truncate">{versionTitle(version, t)}</span>
          <span class="badge">v{version.number}</span>
          {version.starred && <Icon name="star" class="starred" />}
          <span class={`version-card__standing standing--${standing}`} title={standingText(version, t)}>
            <StandingIcon version={version} />
            <span class="version-card__count">
              {fileCountText(version.changes.length, t)}
            </span>
          </span>
          <span class="visually-hidden">
            {standingText(version, t)}
            {version.starred && `, ${t("studio.starred")}`}
          </span>
        </button>
        {!isShown && (
          <button
            type="button"
            class="icon-button icon-button--small needs-script"
            title={t("studio.show")}
            aria-label={`${t("studio.show")}: v${version.number}`}
            onClick={() => model.select(version.id)}
          >
            <Icon name="eye" />
          </button>
        )}
        <VersionMenu version={version} />
      </div>
      {version.note && <p class="version-card__note">{version.note}</p>}
      <ul id={id} class="version-card__files" hidden={!open.value}>
        {open.value && version.changes.map((change) => (
          <li key={change.path}>
            <ChangedFile version={version} change={change} />
          </li>
        ))}
        {open.value && version.changes.length === 0 && (
          <li class="version-card__none muted">{t("studio.noChanges")}</li>
        )}
      </ul>
    </div>
  );
}

function ChangedFile({ version, change }: { version: Version; change: FileChange }) {
  const model = useProject();
  const { t } = model;
  const { path, operation, addedLines, removedLines } = change;
  const at = path.lastIndexOf("/");
  const show = () => {
    if (model.selected.peek()?.id !== version.id) model.select(version.id, { scroll: false });
    model.code.open(path);
    model.layout.show("code");
  };
  return (
    <button type="button" class="changed-file" disabled={operation === "deleted"} onClick={show}>
      <Icon name={fileIconOf(path)} />
      <span class="changed-file__name">{path.slice(at + 1)}</span>
      <span class="changed-file__path truncate">{at < 0 ? "" : path}</span>
      <span class="changed-file__lines">
        {addedLines > 0 && <span class="added">+{addedLines}</span>}
        {removedLines > 0 && <span class="removed">−{removedLines}</span>}
      </span>
      <span class={`file-state file-state--${operation}`}>{t(`studio.file.${operation}`)}</span>
    </button>
  );
}
