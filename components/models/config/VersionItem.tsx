import type { ConfigContent, ConfigVersion, ModelCreation } from "../../../lib/shared/mod.ts";
import { changedFields } from "../../../lib/shared/model_configs/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { fieldWords, momentWords } from "./config_words.ts";
import { useConfig } from "./context.ts";

/** A version: what changed in it, where it is, and what can be done with it. */
export function VersionItem({ version, previous, versions, isLatest, onEdit, onCompare }: {
  version: ConfigVersion;
  /** The one before it. */
  previous: ConfigVersion | undefined;
  versions: readonly ConfigVersion[];
  isLatest: boolean;
  onEdit: () => void;
  onCompare: (other: number) => void;
}) {
  const { model, form, toasts, t, language } = useConfig();
  const filled = ({ content }: ConfigVersion) => form.filled(content);
  const { number, note, origin, restoredFrom, createdAt, creations, activeOn } = version;
  const names = creations.filter(({ nodeId }) => activeOn.includes(nodeId)).map(({ nodeName }) => nodeName);
  const isBusy = model.busy.value !== null;
  const restore = async () => {
    if (!await model.restore(number)) return;
    const latest = model.config.peek()?.latest ?? number;
    toasts.show({ kind: "success", message: t("modelConfig.restored", { number: latest }) });
  };
  const failed = creations.filter(({ state }) => state === "failed" || state === "interrupted");
  return (
    <li class="config-version" aria-label={t("modelConfig.version", { number })}>
      <div class="config-version__head">
        <strong>{t("modelConfig.version", { number })}</strong>
        {names.length > 0 && (
          <span class="badge badge--healthy">{t("modelConfig.active", { nodes: names.join(", ") })}</span>
        )}
        <time class="muted" dateTime={new Date(createdAt).toISOString()}>
          {momentWords(createdAt, language)}
        </time>
      </div>
      {origin !== "saved" && (
        <p class="muted">{t(`modelConfig.origin.${origin}`, { number: restoredFrom ?? 0 })}</p>
      )}
      {note !== "" && <p>{note}</p>}
      {previous && <p class="muted">{changeWords(filled(previous), filled(version), t)}</p>}
      {origin !== "imported" && (
        <ul class="config-version__nodes">
          {creations.map((creation) => <Creation key={creation.nodeId} creation={creation} />)}
        </ul>
      )}
      <div class="node-actions">
        {isLatest && failed.length > 0 && (
          <button
            type="button"
            class="button button--small button--primary"
            aria-disabled={ariaState(isBusy)}
            onClick={() => void model.create(number, failed.map(({ nodeId }) => nodeId))}
          >
            <Icon name="refresh-cw" />
            {t("modelConfig.create")}
          </button>
        )}
        {!isLatest && (
          <button
            type="button"
            class="button button--small"
            aria-disabled={ariaState(isBusy)}
            onClick={() => void restore()}
          >
            <Icon name="rotate-ccw" />
            {t("modelConfig.restore")}
          </button>
        )}
        <button type="button" class="button button--small" onClick={onEdit}>
          <Icon name="pencil" />
          {t("modelConfig.edit")}
        </button>
        {versions.length > 1 && (
          <CompareChoice number={number} versions={versions} previous={previous} onCompare={onCompare} />
        )}
      </div>
    </li>
  );
}

function CompareChoice({ number, versions, previous, onCompare }: {
  number: number;
  versions: readonly ConfigVersion[];
  previous: ConfigVersion | undefined;
  onCompare: (other: number) => void;
}) {
  const { t } = useConfig();
  const others = versions.map((version) => version.number).filter((other) => other !== number);
  const first = previous?.number ?? others[0] ?? number;
  return (
    <form
      class="config-version__compare"
      onSubmit={(event) => {
        event.preventDefault();
        onCompare(Number(new FormData(event.currentTarget).get("other")));
      }}
    >
      <select
        name="other"
        class="field__control"
        aria-label={t("modelConfig.compare.with", { number })}
        defaultValue={String(first)}
      >
        {others.map((other) => (
          <option key={other} value={other} selected={other === first}>
            {t("modelConfig.version", { number: other })}
          </option>
        ))}
      </select>
      <button type="submit" class="button button--small">
        <Icon name="git-compare" />
        {t("modelConfig.compare")}
      </button>
    </form>
  );
}

function Creation({ creation: { nodeName, state, phase, error } }: { creation: ModelCreation }) {
  const { t } = useConfig();
  const isUnderWay = state === "waiting" || state === "creating";
  return (
    <li class={`config-creation config-creation--${state}`}>
      <span role="status">
        {isUnderWay && <Icon name="loader-circle" class="spin" />}
        {nodeName}: {t(`modelConfig.state.${state}`)}
      </span>
      {isUnderWay && phase !== "" && <span class="muted config-creation__phase">{phase}</span>}
      {error && <p class="config-creation__error">{error.message}{error.hint && `. ${error.hint}`}</p>}
    </li>
  );
}

function changeWords(before: ConfigContent, after: ConfigContent, t: Translate): string {
  const fields = changedFields(before, after).map((field) => fieldWords(field, t));
  return fields.length === 0
    ? t("modelConfig.changedNothing")
    : t("modelConfig.changed", { fields: fields.join(", ") });
}
