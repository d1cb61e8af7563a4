import { formatDay, formatMoment } from "../../../lib/client/format.ts";
import type { KeysModel } from "../../../lib/client/settings/keys_model.ts";
import type { ApiKeyView } from "../../../lib/shared/mod.ts";
import type { TextKey } from "../../../lib/shared/texts/mod.ts";
import { Icon } from "../../Icon.tsx";
import { useSettings } from "../context.ts";

/** One API key: all but its secret. */
export function KeyRow({ entry, model }: { entry: ApiKeyView; model: KeysModel }) {
  const { t, language } = useSettings();
  const { id, name, prefix, scopes, createdAt, lastUsedAt } = entry;
  return (
    <li class="key">
      <div class="key__text">
        <p class="key__name">
          <strong>{name}</strong>
          <code>{prefix}…</code>
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
        </p>
        <ul class="key__scopes" aria-label={t("keys.scopes")}>
          {scopes.map((scope) => (
            <li key={scope} class={scope === "admin" ? "badge badge--warning" : "badge"}>
              {t(scopeText(scope))}
            </li>
          ))}
        </ul>
      </div>
      <form
        method="get"
        action="/settings/keys"
        onSubmit={(event) => {
          event.preventDefault();
          model.confirming.value = id;
        }}
      >
        <button
          type="submit"
          class="button button--small button--danger"
          name="revoke"
          value={id}
          aria-label={t("keys.deleteOne", { name })}
        >
          <Icon name="trash-2" />
          {t("keys.delete")}
        </button>
      </form>
    </li>
  );
}

/** What a scope is called. */
export function scopeText(scope: string): TextKey {
  return `keys.scope.${scope}` as TextKey;
}
