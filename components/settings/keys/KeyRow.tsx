import { formatDay, formatMoment } from "../../../lib/client/format.ts";
import type { KeysModel } from "../../../lib/client/settings/keys_model.ts";
import type { ApiKeyView } from "../../../lib/shared/mod.ts";
import type { TextKey } from "../../../lib/shared/texts/mod.ts";
import { ariaState } from "../../aria.ts";
import { AskButton } from "../../AskButton.tsx";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";
import { BudgetBars } from "./BudgetBars.tsx";
import { KeyEditor } from "./KeyEditor.tsx";
import { limitTexts } from "./limit_texts.ts";

/** One API key: all but its secret. */
export function KeyRow({ entry, model }: { entry: ApiKeyView; model: KeysModel }) {
  const { t, language } = useSettings();
  const { id, name, prefix, scopes, createdAt, lastUsedAt, expiresAt } = entry;
  const isOver = expiresAt !== undefined && expiresAt <= Date.now();
  const isEditing = model.editing.value === id;
  const limits = limitTexts(entry, t, language);
  return (
    <li class="key">
      <div class="key__text">
        <p class="key__name">
          <strong>{name}</strong>
          <code>{prefix}…</code>
          {isOver && <span class="badge badge--warning">{t("keys.over")}</span>}
        </p>
        <p class="key__facts">
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
        </p>
        <p class="key__facts">
          {limits.length === 0
            ? <span>{t("keys.limit.none")}</span>
            : limits.map((text) => <span key={text}>{text}</span>)}
          {entry.continuesAnswers && <span>{t("keys.continue.on")}</span>}
        </p>
        <BudgetBars entry={entry} />
        <ul class="key__scopes" aria-label={t("keys.scopes")}>
          {scopes.map((scope) => (
            <li key={scope} class={scope === "admin" ? "badge badge--warning" : "badge"}>
              {t(scopeText(scope))}
            </li>
          ))}
        </ul>
      </div>
      <div class="key__buttons">
        <form
          class="key__buttons"
          method="get"
          action="/settings/keys"
          onSubmit={(event) => {
            event.preventDefault();
            const { submitter } = event;
            if (submitter instanceof HTMLButtonElement && submitter.name === "edit") {
              model.edit(isEditing ? null : id);
            } else model.renewing.value = id;
          }}
        >
          <button
            id={`key-${id}-open`}
            type="submit"
            class="button button--small"
            name="edit"
            value={id}
            aria-expanded={ariaState(isEditing)}
            aria-label={t("keys.edit.one", { name })}
          >
            <Icon name="pencil" />
            {t("keys.edit")}
          </button>
          <button
            type="submit"
            class="button button--small"
            name="renew"
            value={id}
            aria-label={t("keys.renewOne", { name })}
          >
            <Icon name="refresh-cw" />
            {t("keys.renew")}
          </button>
        </form>
        <AskButton
          action="/settings/keys"
          name="revoke"
          value={id}
          text={t("keys.delete")}
          label={t("keys.deleteOne", { name })}
          onAsk={() => model.confirming.value = id}
        />
      </div>
      {isEditing && <KeyEditor entry={entry} model={model} />}
    </li>
  );
}

/** What a scope is called. */
export function scopeText(scope: string): TextKey {
  return `keys.scope.${scope}` as TextKey;
}
