import {
  ALL_FEATURES,
  defaultUiSettings,
  encodeSse,
  type Project,
  type RunEvent,
  type Version,
  type VersionFiles,
} from "../../../shared/mod.ts";
import { type FakeServer, FakeStream } from "../../testing/fake_server.ts";
import { firstFiles } from "../first_page.ts";
import type { ProjectPageData } from "../page_data.ts";
import { StudioApi } from "../studio_api.ts";

/** A project with what matters to a test. */
export function sampleProject(changes: Partial<Project> = {}): Project {
  return {
    id: "p1",
    name: "Todos",
    kinds: ["ui"],
    createdAt: 0,
    updatedAt: 0,
    branches: [{ name: "main", headId: null, queue: [] }],
    activeBranch: "main",
    versionCount: 0,
    lockedPaths: [],
    ...changes,
  };
}

/** A finished version with what matters to a test. */
export function sampleVersion(number: number, changes: Partial<Version> = {}): Version {
  return {
    id: `v${number}`,
    projectId: "p1",
    number,
    branch: "main",
    parentId: number > 1 ? `v${number - 1}` : null,
    origin: "prompt",
    status: "complete",
    prompt: `Prompt ${number}`,
    title: `Title ${number}`,
    answer: `Answer ${number}`,
    activities: [],
    changes: [],
    fileCount: 1,
    createdAt: 0,
    ...changes,
  };
}

/** A version that is being made by the run `r<number>`. */
export function sampleGenerating(number: number, changes: Partial<Version> = {}): Version {
  return sampleVersion(number, {
    status: "generating",
    title: "",
    answer: "",
    fileCount: 0,
    runId: `r${number}`,
    ...changes,
  });
}

/** A project whose branch makes a version, or stands at one. */
export function projectAt(
  headId: string | null,
  generatingId?: string,
  changes: Partial<Project> = {},
): Project {
  const branch = { name: "main", headId, queue: [], ...(generatingId ? { generatingId } : {}) };
  return sampleProject({ branches: [branch], ...changes });
}

/** The files of a version by their paths. */
export function sampleFiles(version: Version, contents: Record<string, string>): VersionFiles {
  const files = Object.entries(contents).map(([path, content]) => ({
    path,
    content,
    sha256: "",
    size: content.length,
  }));
  return { version, files };
}

/** What a project's page starts with: the newest of the versions is shown. */
export function samplePageData(
  project: Project,
  versions: Version[],
  files: VersionFiles | null = null,
): ProjectPageData {
  return {
    page: { project, versions },
    isWhole: true,
    allTurns: false,
    selectedId: versions[0]?.id ?? null,
    files: files && firstFiles(files),
    running: [],
    models: [{ id: "sketch", name: "Sketch" }],
    defaultModel: "sketch",
    settings: defaultUiSettings(),
    features: ALL_FEATURES,
    language: "en",
  };
}

/** The API over a fake server, with the streams that were opened. */
export function studioOver(server: FakeServer): { api: StudioApi; streams: FakeStream[] } {
  const streams: FakeStream[] = [];
  server.on("GET /api/stream/p1", ({ signal }) => {
    const stream = new FakeStream(signal);
    streams.push(stream);
    return stream.response;
  });
  return { api: new StudioApi(server.api.client), streams };
}

/** An event of a run as it stands on the wire. */
export function versionEvent(runId: string, seq: number, event: RunEvent): string {
  return encodeSse({ id: `${runId}.${seq}`, event: event.type, data: JSON.stringify(event) });
}
