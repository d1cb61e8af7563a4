import { formatBytes, formatCount } from "../../../lib/client/format.ts";
import {
  type ErrorBody,
  ONLINE_SOURCES,
  type OnlineModel,
  type OnlineResults,
  type OnlineSource,
  type OnlineVariant,
} from "../../../lib/shared/mod.ts";
import type { ModelTarget } from "../../../lib/shared/mod.ts";
import type { Translate } from "../../../lib/shared/texts/mod.ts";
import { ExternalLink } from "../../ExternalLink.tsx";
import { Icon } from "../../Icon.tsx";
import { Notice } from "../../settings/Notice.tsx";
import { FitBadge } from "../FitBadge.tsx";
import { PlainHead } from "../PlainHead.tsx";
import { SearchField } from "../SearchField.tsx";

/** What the page is rendered from. */
export interface OnlinePageData {
  isOn: boolean;
  canManage: boolean;
  query: string;
  source: OnlineSource;
  targets: ModelTarget[];
  target: ModelTarget | undefined;
  /** What is on the chosen node already. */
  there: ReadonlySet<string>;
  /** Null before anything was searched for. */
  results: OnlineResults | null;
  problem: ErrorBody | null;
}

interface PartProps {
  data: OnlinePageData;
  t: Translate;
  language: string;
}

/** The search for models on the internet, which asks nobody until its button is pressed. */
export function OnlinePage({ data, t, language }: PartProps) {
  const { isOn, results, problem, target, canManage } = data;
  return (
    <div class="nodes-page">
      <div class="nodes-page__main">
        <PlainHead view="online" t={t} />
        <p class="muted">{t(isOn ? "models.online.about" : "models.online.off")}</p>
        {isOn && <SearchForm data={data} t={t} />}
        {problem && <Notice kind="error">{problem.message}{problem.hint && `. ${problem.hint}`}</Notice>}
        {canManage && !target && <p class="muted">{t("models.online.noTarget")}</p>}
        {results && (
          <p class="models-count" role="status">
            {results.models.length === 0 ? t("models.online.none") : t("models.online.count", {
              count: formatCount(results.models.length, language),
              source: t(`models.online.source.${results.source}`),
            })}
          </p>
        )}
        {results && results.models.length > 0 && (
          <ul class="market" aria-label={t("models.view.online")}>
            {results.models.map((model) => <Card key={model.id} model={model} {...{ data, t, language }} />)}
          </ul>
        )}
      </div>
    </div>
  );
}

function SearchForm({ data: { query, source, targets, target, canManage }, t }: Omit<PartProps, "language">) {
  return (
    <form class="models-filter" role="search" method="post" action="/models/online">
      <SearchField name="q" label={t("models.online.query")} value={query} maxLength={100} required />
      <label class="models-filter__choice">
        <span>{t("models.online.where")}</span>
        <select name="source" class="field__control">
          {ONLINE_SOURCES.map((id) => (
            <option key={id} value={id} selected={id === source}>{t(`models.online.source.${id}`)}</option>
          ))}
        </select>
      </label>
      {canManage && targets.length > 0 && (
        <label class="models-filter__choice">
          <span>{t("models.market.target")}</span>
          <select name="node" class="field__control">
            {targets.map(({ nodeId, name }) => (
              <option key={nodeId} value={nodeId} selected={nodeId === target?.nodeId}>{name}</option>
            ))}
          </select>
        </label>
      )}
      <button type="submit" class="button button--primary">
        <Icon name="search" />
        {t("models.online.button")}
      </button>
    </form>
  );
}

function Card({ model, data, t, language }: PartProps & { model: OnlineModel }) {
  const { id, description, url, downloads, tags, isGated, variants } = model;
  const count = downloads === null
    ? ""
    : t("models.online.downloads", { count: formatCount(downloads, language) });
  return (
    <li class="market-card" aria-label={id}>
      <h2 class="market-card__title online-card__title">{id}</h2>
      {description && <p class="server-model__about">{description}</p>}
      <p class="market-card__facts">{[count, ...tags].filter(Boolean).join(" · ")}</p>
      <p class="market-card__facts">
        <ExternalLink href={url} newTab={t("settings.newTab")}>
          {t("models.online.site", { name: id })}
        </ExternalLink>{" "}
        {isGated && (
          <span class="badge badge--warning" title={t("models.online.gatedHint")}>
            {t("models.online.gated")}
          </span>
        )}
      </p>
      {variants.length === 0 && <p class="muted">{t("models.online.cloudOnly")}</p>}
      <ul class="market-card__variants" aria-label={t("models.market.variants", { name: id })}>
        {variants.map((variant) => <Variant key={variant.label} {...{ id, variant, data, t, language }} />)}
      </ul>
    </li>
  );
}

function Variant({ id, variant, data, t, language }: PartProps & { id: string; variant: OnlineVariant }) {
  const { label, sizeBytes, isEstimate, names } = variant;
  const { target, canManage, there } = data;
  const size = sizeBytes === null ? "" : formatBytes(sizeBytes, language);
  const name = target ? names[target.kind] : undefined;
  return (
    <li class="market-variant">
      <div class="market-variant__text">
        <code>{label}</code>
        {size && (
          <span class="market-variant__facts">
            {isEstimate ? t("models.online.about.size", { size }) : size}
          </span>
        )}
      </div>
      <FitBadge sizeBytes={sizeBytes} machine={target} t={t} />
      {target && name === undefined && (
        <span class="muted">{t("models.online.cannot", { node: target.name })}</span>
      )}
      {name !== undefined && there.has(name) && (
        <span class="badge badge--accent">{t("models.market.has")}</span>
      )}
      {canManage && target && name !== undefined && !there.has(name) && (
        <form method="post" action="/models">
          <input type="hidden" name="intent" value="download" />
          <input type="hidden" name="node" value={target.nodeId} />
          <input type="hidden" name="model" value={name} />
          <button
            type="submit"
            class="icon-button icon-button--small"
            aria-label={t("models.market.get", { name: `${id} ${label}` })}
            title={t("models.market.get", { name: `${id} ${label}` })}
          >
            <Icon name="download" />
          </button>
        </form>
      )}
    </li>
  );
}
