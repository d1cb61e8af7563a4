import type {
  Features,
  ModelEntry,
  ProjectPage,
  RunSnapshot,
  UiSettings,
  VersionFiles,
} from "../../shared/mod.ts";

/** Everything that a project's page is rendered from. */
export interface ProjectPageData {
  page: ProjectPage;
  /** The version that is shown first; null in a project without any. */
  selectedId: string | null;
  /** The files of that version; while it is being generated, those of the version before it. */
  files: VersionFiles | null;
  /** The runs of versions that are being generated. */
  running: RunSnapshot[];
  /** The models that may be asked, and the one that is where the project names none. */
  models: Pick<ModelEntry, "id" | "name">[];
  defaultModel: string;
  settings: UiSettings;
  features: Features;
  /** "en" or "de". */
  language: string;
}
