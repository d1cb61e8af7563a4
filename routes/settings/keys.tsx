import { page } from "fresh";
import type { KeyListData } from "../../components/settings/keys/KeyList.tsx";
import { SettingsFrame } from "../../components/settings/SettingsFrame.tsx";
import SettingsKeys from "../../islands/settings/SettingsKeys.tsx";
import { SCOPES } from "../../lib/access/mod.ts";
import { define, formId, operations, readForm, type State, validate } from "../../lib/app/mod.ts";
import { optionsOfDraft } from "../../lib/client/settings/key_draft.ts";
import type { MadeKey } from "../../lib/client/settings/settings_api.ts";
import {
  type ApiKeyOptions,
  type ApiKeyView,
  type BudgetPeriod,
  FreshetError,
  HOUSE_PROFILE,
} from "../../lib/shared/mod.ts";
import { islandProps } from "./(_settings)/texts.ts";

export const handler = define.handlers({
  async GET({ state, url }) {
    const { searchParams: query } = url;
    return page(
      await listData(state, url, {
        revoking: query.get("revoke"),
        renewing: query.get("renew"),
        editing: query.get("edit"),
      }),
    );
  },
  /** Making, changing, renewing and revoking, for browsers without a script. The answer with a new secret is the only page that ever holds it. */
  async POST(ctx) {
    const { state, url } = ctx;
    const form = await readForm(ctx.req);
    const editing = form.get("intent") === "update" ? form.get("id") : null;
    try {
      if (editing !== null) {
        const id = formId(form);
        await state.services.apiKeys.update(state.principal, id, await readOptions(state, form, id));
        return ctx.redirect("/settings/keys", 303);
      }
      if (form.get("intent") === "revoke") {
        await state.services.apiKeys.delete(state.principal, formId(form));
        return ctx.redirect("/settings/keys", 303);
      }
      const made = form.get("intent") === "renew"
        ? await state.services.apiKeys.rotate(state.principal, formId(form))
        : await create(state, form);
      return page(await listData(state, url, { made }), { headers: { "cache-control": "no-store" } });
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      return page(await listData(state, url, { editing, problem: error.toBody() }), { status: error.status });
    }
  },
});

export default define.page<typeof handler>(({ data, state: { t, language } }) => (
  <SettingsFrame t={t} section="keys">
    <SettingsKeys data={data} {...islandProps(language, "access")} />
  </SettingsFrame>
));

async function listData(state: State, url: URL, answer: Partial<KeyListData>): Promise<KeyListData> {
  const { services, principal, settings, t } = state;
  state.title = `${t("settings.keys")} · ${t("app.name")}`;
  const { defaultModel } = await services.nodes.models(principal, settings.defaultModel);
  return {
    keys: await services.apiKeys.list(principal),
    scopes: SCOPES.filter((scope) => principal.scopes.has(scope)),
    made: null,
    revoking: null,
    renewing: null,
    editing: null,
    profileLimits: services.config.limits ?? {},
    problem: null,
    baseUrl: `${url.origin}/v1`,
    model: defaultModel || "sketch",
    hasGateway: services.config.features.gateway,
    needsLogin: services.needsLogin || (await services.profiles.find(HOUSE_PROFILE))?.hasPassword === true,
    ...answer,
  };
}

async function create({ services, principal }: State, form: URLSearchParams): Promise<MadeKey> {
  const { body: schema } = operations.createKey;
  if (!schema) throw new Error("Cannot check a key: the operation has no schema");
  const values = { name: form.get("name") ?? "", scopes: form.getAll("scope"), ...optionFields(form) };
  const { name, scopes, ...options } = validate(schema, values);
  return await services.apiKeys.create(principal, name, scopes, options);
}

async function readOptions(
  { services, principal }: State,
  form: URLSearchParams,
  id: string,
): Promise<ApiKeyOptions> {
  const { body: schema } = operations.updateKey;
  if (!schema) throw new Error("Cannot check the changes of a key: the operation has no schema");
  const current = (await services.apiKeys.list(principal)).find((key) => key.id === id);
  return validate(schema, optionFields(form, current));
}

/** An empty field is no limit, and a box that is not in the form is not ticked. */
function optionFields(form: URLSearchParams, current?: ApiKeyView): Required<ApiKeyOptions> {
  const text = (name: string) => form.get(name) ?? "";
  const budget = (period: BudgetPeriod) => ({
    dollars: text(`${period}-dollars`),
    tokens: text(`${period}-tokens`),
  });
  return optionsOfDraft({
    requestsPerMinute: text("requestsPerMinute"),
    tokensPerMinute: text("tokensPerMinute"),
    continuesAnswers: form.has("continuesAnswers"),
    lastDay: text("lastDay"),
    budgets: { day: budget("day"), month: budget("month"), total: budget("total") },
  }, current);
}
