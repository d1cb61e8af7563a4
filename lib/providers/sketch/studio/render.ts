import type { ProjectFile } from "../../../shared/mod.ts";
import { apiFiles } from "./api_files.ts";
import { renderProjectFile } from "./project_file.ts";
import type { ProjectSpec } from "./spec.ts";
import { uiFiles } from "./ui_files.ts";

/**
 * All files of a project. The same specification always gives the same files, in the same order; `project.json` comes last, so
 * that an answer that breaks off leaves the one before.
 */
export async function renderProject(spec: ProjectSpec): Promise<ProjectFile[]> {
  const api = spec.kinds.includes("api") ? await apiFiles(spec) : [];
  const ui = spec.kinds.includes("ui") ? await uiFiles(spec) : [];
  return [...api, ...ui, renderProjectFile(spec)];
}
