import type {
  Features,
  ModelEntry,
  ProjectFile,
  ProjectPage,
  RunSnapshot,
  UiSettings,
} from "../../shared/mod.ts";

/** The files of a version, as far as the page needs them before it asks for the others. */
export interface FirstFiles {
  versionId: string;
  /** The paths of all files, in order. */
  paths: string[];
  /** All files; where that is much, only the one that is open at first. */
  files: ProjectFile[];
}

/** Everything that a project's page is rendered from. */
export interface ProjectPageData {
  /** The project with its newest versions. */
  page: ProjectPage;
  /** Whether these are all the versions that there are. */
  isWhole: boolean;
  /** Whether all turns of the chat are rendered, instead of the newest. */
  allTurns: boolean;
  /** The version that is shown first; null in a project without any. */
  selectedId: string | null;
  /** The files of that version; while it is being generated, those of the version before it. */
  files: FirstFiles | null;
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
