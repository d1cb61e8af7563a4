import type { State } from "../../../lib/app/mod.ts";
import { firstFiles, firstVersions } from "../../../lib/client/studio/first_page.ts";
import type { ProjectPageData } from "../../../lib/client/studio/page_data.ts";
import { versionToShow } from "../../../lib/client/studio/version_list.ts";

/** Everything that a project's page is rendered from, with the version that `?version=` names where it is there. Throws `not_found`. */
export async function projectPageData(
  { services, principal, settings, language }: State,
  projectId: string,
  query: URLSearchParams,
): Promise<ProjectPageData> {
  const { studio, runs, nodes, config } = services;
  const { project, versions } = await studio.page(principal, projectId);
  const shown = versions.find(({ id }) => id === query.get("version")) ?? versionToShow(project, versions);
  const filesOf = shown?.status === "generating" ? shown.parentId : shown?.id ?? null;
  const generating = versions.flatMap(({ status, runId }) =>
    status === "generating" && runId !== undefined ? runId : []
  );
  const allTurns = query.get("turns") === "all";
  const sent = allTurns ? versions : firstVersions({ project, versions }, shown?.id);
  const [files, running, { models, defaultModel }] = await Promise.all([
    filesOf === null ? null : studio.files(principal, projectId, filesOf),
    Promise.all(generating.map((runId) => runs.snapshot(principal, runId))),
    nodes.models(principal, settings.defaultModel),
  ]);
  return {
    page: { project, versions: sent },
    isWhole: sent.length === versions.length,
    allTurns,
    selectedId: shown?.id ?? null,
    files: files && firstFiles(files),
    running,
    models: models.filter(({ capabilities }) => capabilities.includes("chat")).map(({ id, name }) => ({
      id,
      name,
    })),
    defaultModel,
    settings,
    features: config.features,
    language,
  };
}
