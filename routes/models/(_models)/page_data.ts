import { tellingNode } from "../../../components/models/ModelRow.tsx";
import type { ModelsPageData } from "../../../components/models/page_data.ts";
import type { State } from "../../../lib/app/mod.ts";
import { filterOf } from "../../../lib/client/models/model_filter.ts";
import { FreshetError, type InstalledModel, type ModelDetails } from "../../../lib/shared/mod.ts";

/** A form that was refused. */
export interface Refusal {
  form: URLSearchParams;
  error: FreshetError;
}

/** What the page is rendered from; where the models cannot be read, it says why. */
export async function pageData(
  state: State,
  query: URLSearchParams,
  refusal?: Refusal,
): Promise<ModelsPageData> {
  const { services: { models, clock }, principal } = state;
  const data: ModelsPageData = {
    models: [],
    targets: [],
    downloads: [],
    filter: filterOf(query),
    selected: null,
    details: null,
    deleting: null,
    wanted: refusal?.form.get("intent") === "download" ? refusal.form.get("model") ?? "" : "",
    problem: refusal?.error.toBody() ?? null,
    canManage: principal.scopes.has("admin"),
    now: clock.now(),
  };
  try {
    const [installed, downloads] = await Promise.all([
      models.installed(principal),
      models.downloads.list(principal),
    ]);
    const selected = installed.models.find(({ id }) => id === query.get("model"));
    const nodeId = query.get("delete");
    const isDeleting = selected?.holders.some((holder) =>
      holder.nodeId === nodeId && holder.can.includes("delete")
    );
    return {
      ...data,
      ...installed,
      downloads,
      selected: selected?.id ?? null,
      details: selected && data.canManage ? await detailsOf(state, selected) : null,
      deleting: selected && nodeId && isDeleting ? { nodeId, model: selected.id } : null,
    };
  } catch (error) {
    if (!(error instanceof FreshetError)) throw error;
    return { ...data, problem: error.toBody() };
  }
}

/** The page is worth more than what one server has to say. */
async function detailsOf(
  { services, principal }: State,
  model: InstalledModel,
): Promise<ModelDetails | null> {
  const nodeId = tellingNode(model);
  if (nodeId === undefined) return null;
  try {
    return await services.models.details(principal, { nodeId, model: model.id });
  } catch (error) {
    if (error instanceof FreshetError) return null;
    throw error;
  }
}
