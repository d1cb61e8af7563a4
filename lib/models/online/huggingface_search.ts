import { FreshetError, type OnlineModel, type OnlineVariant } from "../../shared/mod.ts";
import type { Ask } from "./ask.ts";

const LIMIT = 12;
const AT_ONCE = 4;
/** Words of the hub's tags that say something of a model. */
const TAGS =
  /^(license:|base_model:(?!quantized:)|conversational$|text-generation$|image-text-to-text$|feature-extraction$)/;
const PART = /-\d{5}-of-\d{5}(?=\.gguf$)/i;
const QUANTISATION = /(?:^|[-._/])((?:UD-)?(?:I?Q\d\w*|T?Q\d_\w+|BF16|F16|F32|MXFP4\w*))(?=[-.]|$)/gi;

interface Repository {
  id?: unknown;
  downloads?: unknown;
  gated?: unknown;
  tags?: unknown;
  siblings?: unknown;
}

/**
 * Repositories with GGUF files, the most downloaded first (https://huggingface.co/docs/hub/api: `GET /api/models` with `search`
 * and `filter=gguf`), each with its files and their sizes (`GET /api/models/{id}?blobs=true`).
 */
export async function searchHuggingFace(ask: Ask, query: string): Promise<OnlineModel[]> {
  const parameters = new URLSearchParams({
    search: query,
    filter: "gguf",
    sort: "downloads",
    direction: "-1",
    limit: `${LIMIT}`,
  });
  const found = parsed(await ask(`/api/models?${parameters}`));
  if (!Array.isArray(found)) throw unreadable();
  const ids = found.map((one: Repository) => one?.id).filter((id) => typeof id === "string" && isId(id))
    .slice(0, LIMIT) as string[];
  const answers: PromiseSettledResult<OnlineModel>[] = [];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    answers.push(...await Promise.allSettled(ids.slice(i, i + AT_ONCE).map((id) => modelOf(ask, id))));
  }
  // One that does not answer takes nothing from the others.
  const models = answers.flatMap((answer) => answer.status === "fulfilled" ? [answer.value] : []);
  const failed = answers.find((answer) => answer.status === "rejected");
  if (models.length === 0 && failed) throw failed.reason;
  return models.filter(({ variants }) => variants.length > 0);
}

async function modelOf(ask: Ask, id: string): Promise<OnlineModel> {
  const repository = parsed(await ask(`/api/models/${id}?blobs=true`)) as Repository;
  const tags = Array.isArray(repository.tags) ? repository.tags.filter((tag) => typeof tag === "string") : [];
  return {
    id,
    description: "",
    url: `https://huggingface.co/${id}`,
    downloads: typeof repository.downloads === "number" ? repository.downloads : null,
    tags: tags.filter((tag) => TAGS.test(tag)).slice(0, 6),
    isGated: repository.gated !== undefined && repository.gated !== false,
    variants: variantsOf(id, repository.siblings),
  };
}

/** The quantisations, smallest first; parts of one are summed up, and projectors for images left out. */
export function variantsOf(id: string, siblings: unknown): OnlineVariant[] {
  if (!Array.isArray(siblings)) return [];
  const variants = new Map<string, { sizeBytes: number | null; files: string[] }>();
  for (const sibling of siblings as ({ rfilename?: unknown; size?: unknown } | null)[]) {
    const { rfilename, size } = sibling ?? {};
    if (typeof rfilename !== "string" || !/\.gguf$/i.test(rfilename) || /mmproj|imatrix/i.test(rfilename)) {
      continue;
    }
    const label = quantisationOf(rfilename);
    if (label === undefined) continue;
    const variant = variants.get(label) ?? { sizeBytes: 0, files: [] };
    // A second file of the same quantisation is another model, unless both are parts of one.
    if (variant.files.length > 0 && !PART.test(rfilename)) continue;
    variant.files.push(rfilename);
    variant.sizeBytes = typeof size === "number" && variant.sizeBytes !== null
      ? variant.sizeBytes + size
      : null;
    variants.set(label, variant);
  }
  return [...variants].map(([label, { sizeBytes, files }]) => ({
    label,
    sizeBytes,
    names: {
      ollama: `hf.co/${id}:${label}`,
      lmstudio: `hf.co/${id}:${label}`,
      // Parts are found by its importer, by the quantisation.
      localai: files.length === 1 ? `huggingface://${id}/${files[0]}` : `hf.co/${id}:${label}`,
    },
  })).sort((a, b) => (a.sizeBytes ?? Infinity) - (b.sizeBytes ?? Infinity));
}

function quantisationOf(file: string): string | undefined {
  const name = file.replace(PART, "").replace(/\.gguf$/i, "");
  return [...name.matchAll(QUANTISATION)].at(-1)?.[1]?.toUpperCase();
}

/** It goes into addresses and names. */
function isId(id: string): boolean {
  return /^[\w.-]+\/[\w.-]+$/.test(id);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(cause);
  }
}

function unreadable(cause?: unknown): FreshetError {
  return new FreshetError(
    "upstream",
    "Cannot read the answer of Hugging Face: it is not what its API promises",
    {
      hint: "Models can be looked for at huggingface.co, and downloaded by their names",
      cause,
    },
  );
}
