import { formatDay, formatMoment } from "../../../lib/client/format.ts";
import type { KeysModel } from "../../../lib/client/settings/keys_model.ts";
import type { ApiKeyView } from "../../../lib/shared/mod.ts";
import type { TextKey } from "../../../lib/shared/texts/mod.ts";
import { useSettings } from "../context.ts";
import { EntryButton, EntryRow } from "../EntryRow.tsx";
import { BudgetBars } from "./BudgetBars.tsx";
import { KeyEditor } from "./KeyEditor.tsx";
import { limitTexts } from "./limit_texts.ts";

/** One API key: all but its secret. */
export function KeyRow({ entry, model }: { entry: ApiKeyView; model: KeysModel }) {
  const { t } = useSettings();
  const { id, name, prefix, scopes, expiresAt } = entry;
  const isOver = expiresAt !== undefined && expiresAt <= Date.now();
  const isEditing = model.editing.value === id;
  const decide = (event: SubmitEvent) => {
    event.preventDefault();
    const { submitter } = event;
    const does = submitter instanceof HTMLButtonElement ? submitter.name : "";
    if (does === "edit") model.edit(isEditing ? null : id);
    else if (does === "renew") model.renewing.value = id;
    else model.confirming.value = id;
  };
  return (
    <EntryRow
      name={name}
      marks={
        <>
          <code>{prefix}…</code>
          {isOver && <span class="badge badge--warning">{t("keys.over")}</span>}
        </>
      }
      facts={[
        <KeyDates key="dates" entry={entry} isOver={isOver} />,
        <KeyLimits key="limits" entry={entry} />,
      ]}
      more={
        <>
          <BudgetBars entry={entry} />
          <ul class="key__scopes" aria-label={t("keys.scopes")}>
            {scopes.map((scope) => (
              <li key={scope} class={scope === "admin" ? "badge badge--warning" : "badge"}>
                {t(scopeText(scope))}
              </li>
            ))}
          </ul>
        </>
      }
      form={{ method: "get", action: "/settings/keys", onSubmit: decide }}
      buttons={
        <>
          <EntryButton
            id={`key-${id}-open`}
            does="edit"
            entryId={id}
            icon="pencil"
            text={t("keys.edit")}
            label={t("keys.edit.one", { name })}
            isOpen={isEditing}
          />
          <EntryButton
            does="renew"
            entryId={id}
            icon="refresh-cw"
            text={t("keys.renew")}
            label={t("keys.renewOne", { name })}
          />
          <EntryButton
            does="revoke"
            entryId={id}
            icon="trash-2"
            text={t("keys.delete")}
            label={t("keys.deleteOne", { name })}
            isDanger
          />
        </>
      }
    >
      {isEditing && <KeyEditor entry={entry} model={model} />}
    </EntryRow>
  );
}

/** When it was made and used, and when it ends. */
function KeyDates({ entry: { createdAt, lastUsedAt, expiresAt }, isOver }: {
  entry: ApiKeyView;
  isOver: boolean;
}) {
  const { t, language } = useSettings();
  return (
    <>
      <span title={formatMoment(createdAt, language)}>
        {t("keys.created", { date: formatDay(createdAt, language) })}
      </span>
      <span title={lastUsedAt === undefined ? "" : formatMoment(lastUsedAt, language)}>
        {lastUsedAt === undefined
          ? t("keys.neverUsed")
          : t("keys.used", { date: formatDay(lastUsedAt, language) })}
      </span>
      {expiresAt !== undefined && (
        <span title={formatMoment(expiresAt, language)}>
          {t(isOver ? "keys.expired" : "keys.expires", { date: formatDay(expiresAt - 1, language) })}
        </span>
      )}
    </>
  );
}

/** What it may use in a minute, and that answers to it go on; its budgets have bars. */
function KeyLimits({ entry }: { entry: ApiKeyView }) {
  const { t, language } = useSettings();
  const limits = limitTexts(entry, t, language);
  return (
    <>
      {limits.map((text) => <span key={text}>{text}</span>)}
      {limits.length === 0 && !entry.budgets && <span>{t("keys.limit.none")}</span>}
      {entry.continuesAnswers && <span>{t("keys.continue.on")}</span>}
    </>
  );
}

/** What a scope is called. */
export function scopeText(scope: string): TextKey {
  return `keys.scope.${scope}` as TextKey;
}
