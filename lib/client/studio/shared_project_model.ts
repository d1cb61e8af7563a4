import type { Texts } from "../../shared/texts/mod.ts";
import type { ProjectPageData } from "./page_data.ts";
import { ProjectModel } from "./project_model.ts";

let shared: ProjectModel | undefined;
const byData = new WeakMap<ProjectPageData, ProjectModel>();

/** The model of the page: one for all its islands in the browser, one for each rendering (so for each `data`) on the server. */
export function projectModel(data: ProjectPageData, texts: Texts): ProjectModel {
  if (typeof document !== "undefined") {
    const smooth = () => !matchMedia("(prefers-reduced-motion: reduce)").matches;
    return shared ??= new ProjectModel(data, texts, { smooth });
  }
  const model = byData.get(data) ?? new ProjectModel(data, texts);
  byData.set(data, model);
  return model;
}
