import type { NodesPageData } from "../../../components/nodes/page_data.ts";
import type { State } from "../../../lib/app/mod.ts";
import type { AliasDraft } from "../../../lib/client/nodes/alias_list.ts";
import { FreshetError, type ModelAlias } from "../../../lib/shared/mod.ts";

/** A form that was refused. */
export interface Refusal {
  form: URLSearchParams;
  error: FreshetError;
}

/** What the page is rendered from; where the nodes cannot be read, it says why. */
export async function pageData(
  { services, principal }: State,
  query: URLSearchParams,
  refusal?: Refusal,
): Promise<NodesPageData> {
  const { nodes, clock } = services;
  const isAlias = refusal?.form.get("intent") === "alias";
  const data: NodesPageData = {
    nodes: [],
    queue: nodes.dispatcher.scheduler.queued(principal.profileId),
    aliases: [],
    selected: null,
    decisions: [],
    log: null,
    aliasDraft: { name: "", models: "" },
    aliasProblem: isAlias ? refusal?.error.toBody() ?? null : null,
    problem: refusal && !isAlias ? refusal.error.toBody() : null,
    canManage: principal.scopes.has("admin"),
    now: clock.now(),
  };
  try {
    const [statuses, aliases] = await Promise.all([
      nodes.statuses(principal),
      nodes.aliases.list(principal),
    ]);
    const wanted = query.get("node");
    const selected = statuses.some(({ id }) => id === wanted) ? wanted : null;
    return {
      ...data,
      nodes: statuses,
      aliases,
      selected,
      decisions: selected === null ? [] : nodes.decisions(principal, selected),
      log: selected === null ? null : await nodes.log(principal, selected),
      aliasDraft: isAlias && refusal ? draftOf(refusal.form) : draftOfAlias(aliases, query.get("alias")),
      now: clock.now(),
    };
  } catch (error) {
    if (!(error instanceof FreshetError)) throw error;
    return { ...data, problem: error.toBody() };
  }
}

function draftOf(form: URLSearchParams): AliasDraft {
  return { name: form.get("name") ?? "", models: form.get("models") ?? "" };
}

function draftOfAlias(aliases: readonly ModelAlias[], wanted: string | null): AliasDraft {
  const alias = aliases.find(({ name }) => name === wanted);
  return { name: alias?.name ?? "", models: alias?.models.join("\n") ?? "" };
}
