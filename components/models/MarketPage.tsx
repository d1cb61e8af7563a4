import { useEffect, useMemo } from "preact/hooks";
import { type Signal, signal } from "@preact/signals";
import { type MarketFilter, queryOfMarket, shownMarket } from "../../lib/client/models/market_filter.ts";
import type { Market, ModelTarget } from "../../lib/shared/mod.ts";
import { useModels } from "./context.ts";
import { DownloadPanel } from "./DownloadPanel.tsx";
import { MarketCard } from "./MarketCard.tsx";
import { fitWords } from "./model_words.ts";
import { SearchField } from "./SearchField.tsx";
import { ModelsHead } from "./ModelsHead.tsx";
import type { ModelsPageData } from "./page_data.ts";
import { Problem } from "./Problem.tsx";
import { useLive } from "./use_live.ts";

/** What the page of the catalogue is rendered from. */
export interface MarketPageData extends ModelsPageData {
  market: Market;
  marketFilter: MarketFilter;
}

/** The catalogue that comes with Freshet: what there is, what of it fits, and the way to have it. */
export function MarketPage({ data }: { data: MarketPageData }) {
  const { installed, t, language } = useModels();
  const filter = useMemo(() => signal(data.marketFilter), []);
  useLive();
  useAddress(filter);
  const targets = takersOf(installed.targets.value);
  const target = targets.find(({ nodeId }) => nodeId === filter.value.nodeId) ?? targets[0];
  const shown = shownMarket(data.market.models, filter.value, target);
  const date = new Intl.DateTimeFormat(language, { month: "long", year: "numeric", timeZone: "UTC" })
    .format(data.market.asOf);
  return (
    <div class="nodes-page">
      <div class="nodes-page__main">
        <ModelsHead view="market" />
        {data.problem && <Problem problem={data.problem} isWhole={false} />}
        <p class="muted">{t("models.market.about", { date })}</p>
        <DownloadPanel wanted="" hasForm={false} />
        <MarketForm filter={filter} target={target} />
        {target && (
          <p class="models-count">
            {fitWords(target, t, language)}
          </p>
        )}
        <p class="models-count" role="status">{t("models.market.count", { count: shown.length })}</p>
        {shown.length === 0 && <p class="muted">{t("models.market.none")}</p>}
        <ul class="market" aria-label={t("models.market.title")}>
          {shown.map((model) => <MarketCard key={model.id} model={model} target={target} />)}
        </ul>
      </div>
    </div>
  );
}

function MarketForm({ filter, target }: { filter: Signal<MarketFilter>; target: ModelTarget | undefined }) {
  const { installed, canManage, t } = useModels();
  const { query, fitsOnly } = filter.value;
  const set = (changes: Partial<MarketFilter>) => filter.value = { ...filter.peek(), ...changes };
  return (
    <form
      class="models-filter"
      role="search"
      method="get"
      action="/models/discover"
      onSubmit={(event) => event.preventDefault()}
    >
      <SearchField
        name="q"
        label={t("models.market.search")}
        value={query}
        onInput={(query) => set({ query })}
      />
      {canManage && target && (
        <label class="models-filter__choice">
          <span>{t("models.market.target")}</span>
          <select
            name="node"
            class="field__control"
            value={target.nodeId}
            onChange={(event) => set({ nodeId: event.currentTarget.value })}
          >
            {takersOf(installed.targets.value).map(({ nodeId, name }) => (
              <option key={nodeId} value={nodeId} selected={nodeId === target.nodeId}>{name}</option>
            ))}
          </select>
        </label>
      )}
      {target && target.memoryBytes !== null && (
        <label class="models-filter__loaded">
          <input
            type="checkbox"
            name="fits"
            value="1"
            checked={fitsOnly}
            onChange={(event) => set({ fitsOnly: event.currentTarget.checked })}
          />
          {t("models.market.fits")}
        </label>
      )}
      <noscript>
        <button type="submit" class="button">{t("models.apply")}</button>
      </noscript>
    </form>
  );
}

/** The nodes that know the names of the selection. */
function takersOf(targets: readonly ModelTarget[]): ModelTarget[] {
  return targets.filter(({ kind }) => kind === "ollama" || kind === "localai");
}

/** Keeps the address to what is shown, so that a reload shows the same. */
function useAddress(filter: Signal<MarketFilter>): void {
  const shown = filter.value;
  useEffect(() => {
    const query = queryOfMarket(shown);
    const path = query.size === 0 ? "/models/discover" : `/models/discover?${query}`;
    if (location.pathname + location.search !== path) history.replaceState(history.state, "", path);
  }, [shown]);
}
