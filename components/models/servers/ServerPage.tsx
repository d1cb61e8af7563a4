import { speaksOpenAI } from "../../../lib/shared/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { Icon } from "../../Icon.tsx";
import { BackLink } from "../../layout/BackLink.tsx";
import { Notice } from "../../settings/Notice.tsx";
import { PlainHead } from "../PlainHead.tsx";
import { BackendsSection } from "./BackendsSection.tsx";
import { ConfigureSection } from "./ConfigureSection.tsx";
import { GallerySection } from "./GallerySection.tsx";
import type { ServerPageData } from "./page_data.ts";
import { ServerModelCard } from "./ServerModelCard.tsx";

/** One server: what it can, what is in memory, and all that its API offers. */
export function ServerPage({ data, t, language }: { data: ServerPageData; t: Translate; language: string }) {
  const { server, problem, done, refusal } = data;
  const { nodeId, name, kind, version, can, lacks, models } = server;
  const path = `/models/servers/${encodeURIComponent(nodeId)}`;
  return (
    <div class="nodes-page">
      <div class="nodes-page__main">
        <PlainHead view="servers" t={t} />
        <BackLink href="/models/servers" label={t("models.servers.back")} />
        <header class="server-head">
          <h2 class="server-head__name">{name}</h2>
          <span class="badge">{t(`nodes.kind.${kind}`)}</span>
          {version !== null && <span class="muted">{t("models.servers.version", { version })}</span>}
          <a class="button button--small" href={path}>
            <Icon name="refresh-cw" />
            {t("models.servers.again")}
          </a>
        </header>
        {problem && (!refusal || refusal.field === undefined) && (
          <Notice kind="error">{problem.message}{problem.hint && `. ${problem.hint}`}</Notice>
        )}
        {done && (
          <Notice kind="success">{t(`models.servers.done.${done.action}`, { model: done.model })}</Notice>
        )}
        {lacks.length > 0 && speaksOpenAI(kind) && kind !== "openai" && (
          <Notice kind="info">
            {t("models.servers.lacks", {
              abilities: lacks.map((ability) => t(`models.ability.${ability}`)).join(", "),
            })} {t(`models.servers.old.${kind as "lmstudio" | "localai" | "textgen"}`)}
          </Notice>
        )}
        <ConfigureSection data={data} path={path} t={t} />
        <section class="server-section" aria-labelledby="server-models">
          <h2 id="server-models">{t("models.servers.models")}</h2>
          {kind === "textgen" && can.includes("load") && (
            <p class="muted">{t("models.servers.loadNote.textgen")}</p>
          )}
          {models.length === 0 && <p class="muted">{t("models.servers.noModels")}</p>}
          <ul class="server-models">
            {models.map((model) => (
              <ServerModelCard key={model.id} data={data} model={model} t={t} language={language} />
            ))}
          </ul>
        </section>
        {can.includes("gallery") && <GallerySection data={data} path={path} t={t} language={language} />}
        {can.includes("backends") && <BackendsSection data={data} path={path} t={t} />}
      </div>
    </div>
  );
}
