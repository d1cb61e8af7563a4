import type { State } from "../../../lib/app/mod.ts";
import type { ProjectPageData } from "../../../lib/client/studio/page_data.ts";
import { versionToShow } from "../../../lib/client/studio/version_list.ts";

/** Everything that a project's page is rendered from, with the version `versionId` where it is there. Throws `not_found`. */
export async function projectPageData(
  { services, principal, settings, language }: State,
  projectId: string,
  versionId: string | null,
): Promise<ProjectPageData> {
  const { studio, runs, nodes, config } = services;
  const page = await studio.page(principal, projectId);
  const wished = page.versions.find(({ id }) => id === versionId);
  const shown = wished ?? versionToShow(page.project, page.versions);
  const filesOf = shown?.status === "generating" ? shown.parentId : shown?.id ?? null;
  const generating = page.versions.flatMap(({ status, runId }) =>
    status === "generating" && runId !== undefined ? runId : []
  );
  const [files, running, { models, defaultModel }] = await Promise.all([
    filesOf === null ? null : studio.files(principal, projectId, filesOf),
    Promise.all(generating.map((runId) => runs.snapshot(principal, runId))),
    nodes.models(principal, settings.defaultModel),
  ]);
  return {
    page,
    selectedId: shown?.id ?? null,
    files,
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
