import type { ServerPageData, SettingsRefusal } from "../../../components/models/servers/page_data.ts";
import type { State } from "../../../lib/app/mod.ts";
import { FreshetError, type ModelServer, type ServerSetting } from "../../../lib/shared/mod.ts";
import type { Refusal } from "./page_data.ts";
import { settingsOfForm } from "./settings_form.ts";

/** What the page of a server is rendered from. Throws `not_found` and `forbidden`; what the server does wrong is told on it. */
export async function serverPageData(
  state: State,
  nodeId: string,
  query: URLSearchParams,
  refusal?: Refusal,
): Promise<ServerPageData> {
  const { services, principal } = state;
  const node = await services.nodes.registry.get(principal, nodeId);
  state.title = `${node.name} · ${state.t("app.name")}`;
  const unknown: ModelServer = {
    nodeId,
    name: node.name,
    kind: node.kind,
    version: null,
    can: [],
    lacks: [],
    models: [],
  };
  const data: ServerPageData = {
    server: unknown,
    problem: refusal?.error.toBody() ?? null,
    refusal: null,
    done: doneOf(query),
    gallery: null,
    backends: null,
    job: null,
    configuration: null,
  };
  try {
    data.server = await services.models.servers.survey(principal, nodeId);
    const configured = refusal?.form.get("intent") === "configure"
      ? refusal.form.get("model")
      : query.get("configure");
    const parts = await partsOf(state, data.server, query, configured);
    return { ...data, ...parts, refusal: refusalOf(refusal, data.server, parts.configuration) };
  } catch (error) {
    if (!(error instanceof FreshetError) || error.code === "forbidden") throw error;
    // What it has is shown where only a part could not be asked for.
    return { ...data, problem: data.problem ?? error.toBody() };
  }
}

/** Only what was opened is asked for. */
async function partsOf(
  { services: { models: { servers } }, principal }: State,
  { nodeId, can }: ModelServer,
  query: URLSearchParams,
  configured: string | null,
): Promise<Pick<ServerPageData, "gallery" | "backends" | "job" | "configuration">> {
  const words = query.get("gallery");
  const [jobId, name] = [query.get("job"), query.get("name") ?? ""];
  const [gallery, backends, job, configuration] = await Promise.all([
    words !== null && can.includes("gallery")
      ? servers.gallery(principal, nodeId, words).then((page) => ({ query: words, page }))
      : null,
    query.has("backends") && can.includes("backends") ? servers.backends(principal, nodeId) : null,
    jobId !== null && can.includes("backends")
      ? servers.backendJob(principal, nodeId, jobId).then((job) => ({ name, job })).catch((error) => {
        if (error instanceof FreshetError && error.code === "not_found") return { name, job: null };
        throw error;
      })
      : null,
    configured !== null && can.includes("configure")
      ? servers.configuration(principal, nodeId, configured).then((configuration) => ({
        model: configured,
        configuration,
      }))
      : null,
  ]);
  return { gallery, backends, job, configuration };
}

function refusalOf(
  refusal: Refusal | undefined,
  server: ModelServer,
  configuration: ServerPageData["configuration"],
): SettingsRefusal | null {
  if (!refusal) return null;
  const { form, error } = refusal;
  const model = form.get("model") ?? "";
  const intent = form.get("intent") ?? "";
  const loading: readonly ServerSetting[] = server.models.find(({ id }) => id === model)?.fields ?? [];
  const fields = intent === "configure" ? configuration?.configuration.fields ?? [] : loading;
  const field = error.field?.replace(/^settings\./, "");
  const isOfField = fields.some(({ name }) => name === field);
  return {
    intent,
    model,
    message: error.message,
    values: settingsOfForm(form, fields),
    ...(isOfField && field !== undefined ? { field } : {}),
  };
}

function doneOf(query: URLSearchParams): ServerPageData["done"] {
  const [action, model] = [query.get("done"), query.get("model")];
  if (model === null || (action !== "load" && action !== "unload" && action !== "configure")) return null;
  return { action, model };
}
