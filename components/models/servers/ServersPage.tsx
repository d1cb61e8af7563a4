import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { PlainHead } from "../PlainHead.tsx";
import type { ServersPageData } from "./page_data.ts";

/** The servers whose models are managed over APIs of their own. */
export function ServersPage({ data: { servers, canManage }, t }: { data: ServersPageData; t: Translate }) {
  return (
    <div class="nodes-page">
      <div class="nodes-page__main">
        <PlainHead view="servers" t={t} />
        <p class="muted">{t("models.servers.about")}</p>
        {!canManage && <p class="muted">{t("models.servers.notAdmin")}</p>}
        {servers.length === 0 && (
          <section class="models-empty" aria-labelledby="servers-empty">
            <h2 id="servers-empty">{t("models.servers.none")}</h2>
            <p class="muted">{t("models.servers.noneText")}</p>
            {canManage && (
              <a class="button button--primary" href="/settings/nodes">{t("models.servers.toNodes")}</a>
            )}
          </section>
        )}
        {servers.length > 0 && (
          <ul class="servers-list" aria-label={t("models.view.servers")}>
            {servers.map(({ nodeId, name, kind, isOnline }) => (
              <li key={nodeId} class="servers-list__server">
                <span class={`light light--${isOnline ? "healthy" : "offline"}`} aria-hidden="true" />
                <strong>{name}</strong>
                <span class="badge">{t(`nodes.kind.${kind}`)}</span>
                <span class="muted">{t(`models.servers.${isOnline ? "online" : "offline"}`)}</span>
                {canManage && (
                  <a class="button button--small" href={`/models/servers/${encodeURIComponent(nodeId)}`}>
                    {t("models.servers.open", { name })}
                  </a>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
