import { useId } from "preact/hooks";
import type { DiffModel } from "../../lib/client/studio/diff/diff_model.ts";
import type { PanelVersion } from "../../lib/client/studio/preview/panel_version.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";

/** Which two versions are compared, and how that is shown. */
export function DiffChoice({ t, model, versions, isWide, onChoose }: {
  t: Translate;
  model: DiffModel;
  versions: readonly PanelVersion[];
  /** Whether two columns have room. */
  isWide: boolean;
  onChoose: (before: string, after: string) => void;
}) {
  const pair = model.pair.value;
  const before = pair?.before ?? "";
  const after = pair?.after ?? "";
  return (
    <div class="diff__choice">
      <VersionField
        t={t}
        label={t("diff.before")}
        versions={versions}
        value={before}
        onChange={(id) => onChoose(id, after)}
      />
      <button
        type="button"
        class="icon-button"
        title={t("diff.swap")}
        aria-label={t("diff.swap")}
        disabled={!pair}
        onClick={() => onChoose(after, before)}
      >
        <Icon name="arrow-left-right" />
      </button>
      <VersionField
        t={t}
        label={t("diff.after")}
        versions={versions}
        value={after}
        onChange={(id) => onChoose(before, id)}
      />
      {isWide && <ViewChoice t={t} model={model} />}
    </div>
  );
}

function VersionField({ t, label, versions, value, onChange }: {
  t: Translate;
  label: string;
  versions: readonly PanelVersion[];
  value: string;
  onChange: (id: string) => void;
}) {
  const id = useId();
  return (
    <div class="diff__version">
      <label for={id} class="diff__version-label">{label}</label>
      <select
        id={id}
        class="field__control"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {versions.map((version) => (
          <option key={version.id} value={version.id} selected={version.id === value}>
            {t("diff.version", { number: version.number, title: version.title }).trim()}
          </option>
        ))}
      </select>
    </div>
  );
}

function ViewChoice({ t, model }: { t: Translate; model: DiffModel }) {
  return (
    <div class="segmented diff__views" role="radiogroup" aria-label={t("diff.view")}>
      {(["split", "inline"] as const).map((view) => (
        <label key={view} class="segmented__option">
          <input
            class="visually-hidden"
            type="radio"
            name="diff-view"
            value={view}
            checked={view === model.view.value}
            onChange={() => model.setView(view)}
          />
          {t(`diff.view.${view}`)}
        </label>
      ))}
    </div>
  );
}
