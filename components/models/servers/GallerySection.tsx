import { formatBytes, formatCount } from "../../../lib/client/format.ts";
import type { GalleryModel } from "../../../lib/shared/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { Icon } from "../../Icon.tsx";
import { SearchField } from "../SearchField.tsx";
import type { ServerPageData } from "./page_data.ts";

/** What a server's gallery has, and the way to have it. */
export function GallerySection({ data, path, t, language }: {
  data: ServerPageData;
  path: string;
  t: Translate;
  language: string;
}) {
  const { gallery, server } = data;
  return (
    <section id="gallery" class="server-section" aria-labelledby="server-gallery">
      <h2 id="server-gallery">{t("models.servers.gallery")}</h2>
      <form method="get" action={`${path}#gallery`} role="search" class="models-filter">
        <SearchField
          name="gallery"
          label={t("models.servers.gallerySearch")}
          value={gallery?.query ?? ""}
          maxLength={200}
        />
        <button type="submit" class="button">{t("models.servers.galleryButton")}</button>
      </form>
      {gallery && (
        <p class="models-count" role="status">
          {gallery.page.total === 0 ? t("models.servers.galleryNone") : t("models.servers.galleryCount", {
            count: formatCount(gallery.page.models.length, language),
            total: formatCount(gallery.page.total, language),
            galleries: gallery.page.galleries.join(", "),
          })}
        </p>
      )}
      {gallery && (
        <ul class="server-models">
          {gallery.page.models.map((model) => (
            <Item
              key={model.id}
              model={model}
              nodeId={server.nodeId}
              canPull={server.can.includes("pull")}
              {...{ t, language }}
            />
          ))}
        </ul>
      )}
      {gallery && <p class="muted">{t("models.servers.downloadsAt")}</p>}
    </section>
  );
}

function Item({ model, nodeId, canPull, t, language }: {
  model: GalleryModel;
  nodeId: string;
  canPull: boolean;
  t: Translate;
  language: string;
}) {
  const { id, name, description, license, tags, sizeBytes, isInstalled } = model;
  const facts = [
    license,
    sizeBytes === undefined ? "" : formatBytes(sizeBytes, language),
    ...tags.slice(0, 6),
  ];
  return (
    <li class="server-model" aria-label={name}>
      <div class="server-model__head">
        <h3 class="server-model__title">{name}</h3>
        <span class="muted">{facts.filter(Boolean).join(" · ")}</span>
      </div>
      {description && <p class="server-model__about">{description}</p>}
      <div class="server-model__actions">
        {isInstalled && <span class="badge badge--accent">{t("models.servers.installed")}</span>}
        {!isInstalled && canPull && (
          <form method="post" action="/models">
            <input type="hidden" name="intent" value="download" />
            <input type="hidden" name="node" value={nodeId} />
            <input type="hidden" name="model" value={id} />
            <button
              type="submit"
              class="button button--small"
              aria-label={t("models.servers.install", { name })}
            >
              <Icon name="download" />
              {t("models.download.start")}
            </button>
          </form>
        )}
      </div>
    </li>
  );
}
