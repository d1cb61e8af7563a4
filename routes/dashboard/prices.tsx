import { page } from "fresh";
import { DashboardFrame } from "../../components/dashboard/DashboardFrame.tsx";
import { draftOf, draftsOf, NEW_PRICE, pricesOf } from "../../components/dashboard/price_draft.ts";
import { PricesPage, type PricesPageData } from "../../components/dashboard/PricesPage.tsx";
import { requireScope } from "../../lib/access/mod.ts";
import { define, pricesSchema, readForm, type State, validate } from "../../lib/app/mod.ts";
import { FreshetError } from "../../lib/shared/mod.ts";

const NEW_ROWS = 4;

export const handler = define.handlers({
  async GET({ state, url }) {
    state.title = `${state.t("prices.title")} · ${state.t("app.name")}`;
    const version = Number(url.searchParams.get("version") ?? 0);
    const data = await pageData(state, Number.isSafeInteger(version) && version > 0 ? version : undefined);
    return page({ ...data, isSaved: url.searchParams.has("saved") });
  },
  async POST(ctx) {
    const { state } = ctx;
    requireScope(state.principal, "admin");
    state.title = `${state.t("prices.title")} · ${state.t("app.name")}`;
    const form = await readForm(ctx.req);
    try {
      await save(state, form);
      return ctx.redirect("/dashboard/prices?saved", 303);
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      const data = await pageData(state);
      const drafts = draftsOf(form);
      return page({
        ...data,
        drafts: drafts.length > 0 ? drafts : data.drafts,
        note: form.get("note") ?? "",
        problem: error.toBody(),
      }, { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <DashboardFrame t={t}>
    <PricesPage data={data} t={t} language={language} />
  </DashboardFrame>
));

async function save({ services: { prices }, principal, t }: State, form: URLSearchParams): Promise<void> {
  const version = Number(form.get("version"));
  if (form.get("intent") === "reset") {
    await prices.reset(principal, version);
    return;
  }
  const note = form.get("note")?.trim();
  const change = { version, prices: pricesOf(draftsOf(form), t), ...(note ? { note } : {}) };
  await prices.set(principal, validate(pricesSchema, change));
}

async function pageData({ services, principal }: State, version?: number): Promise<PricesPageData> {
  const versions = await services.prices.versions();
  const table = version === undefined ? await services.prices.current() : await services.prices.get(version);
  const nodes = await services.nodes.registry.list(principal);
  const { prices, ...shown } = table;
  const isCurrent = table.version === versions[0]?.version;
  return {
    table: shown,
    drafts: [...prices.map(draftOf), ...isCurrent ? Array.from({ length: NEW_ROWS }, () => NEW_PRICE) : []],
    versions: versions.map(({ prices: _, ...version }) => version),
    nodes: nodes.map(({ id, name }) => ({ id, name })),
    canEdit: principal.scopes.has("admin"),
    note: "",
    problem: null,
    isSaved: false,
  };
}
