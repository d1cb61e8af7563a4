import { Died } from "./play.ts";
import { FakeServer, type FakeServerOptions, type RecordedRequest } from "./server.ts";
import type { Reply } from "./wire.ts";

/** A model of Ollama's library, as the page of its search shows it. */
export interface FakeLibraryModel {
  name: string;
  description?: string;
  sizes?: string[];
  abilities?: string[];
  pulls?: string;
}

/** A repository of Hugging Face with its files and their bytes. */
export interface FakeRepository {
  id: string;
  files: Readonly<Record<string, number>>;
  downloads?: number;
  gated?: false | "auto" | "manual";
  tags?: string[];
}

/** What the fake of both sites takes. */
export interface FakeSitesOptions extends FakeServerOptions {
  library?: FakeLibraryModel[];
  repositories?: FakeRepository[];
  /** What every question is answered with instead. */
  trouble?: { status: number; headers?: Record<string, string> } | "cut" | "garbage";
}

const json = (body: unknown, status = 200): Reply => ({ type: "json", status, body });

/** ollama.com/search as its page is, and Hugging Face's API (https://huggingface.co/docs/hub/api), on one address. */
export function fakeSites(options: FakeSitesOptions = {}): Promise<FakeServer> {
  const { library = [], repositories = [], trouble } = options;
  return FakeServer.start((request) => {
    if (trouble === "cut") throw new Died();
    if (trouble === "garbage") return json("<!doctype html><p>Something else altogether</p>");
    if (trouble) return { type: "json", ...trouble, body: "" };
    return route(request, library, repositories);
  }, options);
}

function route(
  { path, query }: RecordedRequest,
  library: FakeLibraryModel[],
  repositories: FakeRepository[],
): Reply {
  if (path === "/search") {
    return json(searchPage(library.filter(({ name }) => name.includes(query.get("q") ?? ""))));
  }
  if (path === "/api/models") {
    const words = (query.get("search") ?? "").toLowerCase();
    return json(
      repositories.filter(({ id }) => id.toLowerCase().includes(words)).map(({ id, downloads = 0 }) => ({
        _id: "1",
        id,
        modelId: id,
        downloads,
      })),
    );
  }
  const found = repositories.find(({ id }) => path === `/api/models/${id}`);
  if (!found) return json({ error: "Repository not found" }, 404);
  const { id, files, downloads = 0, gated = false, tags = [] } = found;
  const isTold = query.get("blobs") === "true";
  return json({
    id,
    downloads,
    gated,
    tags: ["gguf", ...tags],
    siblings: Object.entries(files).map(([rfilename, size]) => ({ rfilename, ...(isTold ? { size } : {}) })),
  });
}

function searchPage(models: readonly FakeLibraryModel[]): string {
  const cards = models.map(({ name, description = "", sizes = [], abilities = [], pulls = "12.3K" }) => {
    const path = name.includes("/") ? `/${name}` : `/library/${name}`;
    return `<li x-test-model class="flex items-baseline border-b border-neutral-200 py-6">
      <a href="${path}" class="group w-full">
        <div class="flex flex-col mb-1" title="${name}">
          <h2 class="truncate text-xl font-medium"><span x-test-search-response-title>${name}</span></h2>
          <p class="max-w-lg break-words text-neutral-800 text-md">${description}</p>
        </div>
        <div class="flex flex-col"><div class="flex flex-wrap space-x-2">
          ${abilities.map((one) => `<span x-test-capability class="inline-flex">${one}</span>`).join("")}
          ${sizes.map((one) => `<span x-test-size class="inline-flex">${one}</span>`).join("")}
        </div>
        <p class="my-1 flex space-x-5 text-[13px]">
          <span><span x-test-pull-count>${pulls}</span><span>&nbsp;Pulls</span></span>
          <span><span x-test-tag-count>35</span><span>&nbsp;Tags</span></span>
          <span title="Apr 28, 2025 4:38 PM UTC"><span x-test-updated>5 months ago</span></span>
        </p></div>
      </a></li>`;
  });
  const none = models.length === 0 ? "<p>No models found.</p>" : "";
  return `<!doctype html><html><head><title>Ollama Search</title></head><body>
    <nav><a href="/models">Models</a><a href="/docs/overview">Docs</a></nav>
    <ul role="list">${cards.join("")}</ul>${none}</body></html>`;
}
