import { formatDay, formatTime } from "../../../lib/client/format.ts";
import { standingOf } from "../../../lib/client/studio/version_list.ts";
import type { Version } from "../../../lib/shared/mod.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { useProject } from "../context.ts";
import { STANDING_ICONS, standingText, versionTitle } from "../version_words.ts";
import { Picker } from "./Picker.tsx";

/** The version that is shown, and all there are to choose from. */
export function VersionPicker() {
  const { selected, versions, t } = useProject();
  const version = selected.value;
  if (!version) return null;
  return (
    <Picker
      label={t("studio.version")}
      class="picker--version"
      value={
        <>
          <StandingIcon version={version} />
          <span class="picker__number">v{version.number}</span>
          <span class="picker__title truncate">{versionTitle(version, t)}</span>
        </>
      }
    >
      {versions.value.map((each) => <VersionOption key={each.id} version={each} />)}
    </Picker>
  );
}

function VersionOption({ version }: { version: Version }) {
  const model = useProject();
  const { selected, project, data, t } = model;
  const hasBranches = project.value.branches.length > 1;
  return (
    <button
      type="button"
      role="option"
      class="version-option"
      aria-selected={ariaState(version.id === selected.value?.id)}
      onPointerEnter={() => model.foresee(version.id)}
      onFocus={() => model.foresee(version.id)}
      onClick={() => model.select(version.id)}
    >
      <StandingIcon version={version} />
      <span class="version-option__text">
        <span class="version-option__title">
          v{version.number} <span class="truncate">({versionTitle(version, t)})</span>
          {version.starred && (
            <>
              <Icon name="star" class="starred" />
              <span class="visually-hidden">{t("studio.starred")}</span>
            </>
          )}
        </span>
        {version.prompt !== "" && <span class="version-option__prompt truncate">{version.prompt}</span>}
        <span class="version-option__facts">
          {formatDay(version.createdAt, data.language)}, {formatTime(version.createdAt, data.language)} ·{" "}
          {standingText(version, t)}
          {hasBranches && <span class="version-option__branch">· {version.branch}</span>}
        </span>
        {version.note && <span class="version-option__note truncate">{version.note}</span>}
      </span>
    </button>
  );
}

/** How a version stands, as a sign; what it means is said beside it. */
export function StandingIcon({ version }: { version: Version }) {
  const standing = standingOf(version);
  return (
    <span class={`standing standing--${standing}`} aria-hidden="true">
      <Icon name={STANDING_ICONS[standing]} class={standing === "generating" ? "spin" : ""} />
    </span>
  );
}
