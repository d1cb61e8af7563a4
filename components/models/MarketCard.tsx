import { formatBytes, formatWindow } from "../../lib/client/format.ts";
import type { MarketModel, MarketVariant, ModelTarget } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { useModels } from "./context.ts";
import { FitBadge } from "./FitBadge.tsx";
import { capabilityWords } from "./model_words.ts";

/** A model of the catalogue with its sizes. */
export function MarketCard({ model, target }: { model: MarketModel; target: ModelTarget | undefined }) {
  const { t, language } = useModels();
  const { id, title, maker, license, contextLength, capabilities, variants } = model;
  return (
    <li class="market-card" aria-labelledby={`market-${id}`}>
      <h2 id={`market-${id}`} class="market-card__title">{title}</h2>
      <p class="market-card__facts">
        {maker} · {t("models.market.license", { name: license })} ·{" "}
        {t("models.market.context", { context: formatWindow(contextLength, language) })}
      </p>
      <p class="models-table__badges">
        {capabilityWords(capabilities, t).map((word) => <span key={word} class="badge">{word}</span>)}
      </p>
      <ul class="market-card__variants" aria-label={t("models.market.variants", { name: title })}>
        {variants.map((variant) => <Variant key={variant.name} variant={variant} target={target} />)}
      </ul>
    </li>
  );
}

function Variant({ variant, target }: { variant: MarketVariant; target: ModelTarget | undefined }) {
  const { t, language } = useModels();
  const { name, parameters, quantization, sizeBytes } = variant;
  return (
    <li class="market-variant">
      <div class="market-variant__text">
        <code>{name}</code>
        <span class="market-variant__facts">
          {parameters} · {quantization} · {formatBytes(sizeBytes, language)}
        </span>
      </div>
      <FitBadge sizeBytes={sizeBytes} machine={target} t={t} />
      {target && <Get name={name} target={target} />}
    </li>
  );
}

function Get({ name: listed, target: { nodeId, name: node, kind } }: { name: string; target: ModelTarget }) {
  const { installed, downloads, canManage, toasts, t } = useModels();
  // LocalAI takes models of Ollama's library by their address.
  const name = kind === "localai" ? `ollama://${listed}` : listed;
  const isThere = installed.find(name)?.holders.some((holder) => holder.nodeId === nodeId);
  const isComing = downloads.list.value.some((download) =>
    download.model === name && download.nodeId === nodeId &&
    (download.state === "running" || download.state === "waiting")
  );
  if (isThere || isComing) {
    return <span class="badge badge--accent">{t(isThere ? "models.market.has" : "models.market.busy")}</span>;
  }
  if (!canManage) return null;
  const start = async () => {
    if (!await downloads.start({ nodeId, model: name })) return;
    toasts.show({ kind: "success", message: t("models.download.started", { model: name, node }) });
  };
  return (
    <form
      method="post"
      action="/models/discover"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <input type="hidden" name="intent" value="download" />
      <input type="hidden" name="node" value={nodeId} />
      <input type="hidden" name="model" value={name} />
      <button
        type="submit"
        class="icon-button icon-button--small"
        aria-label={t("models.market.get", { name: listed })}
        title={t("models.market.get", { name: listed })}
      >
        <Icon name="download" />
      </button>
    </form>
  );
}
