/** What LocalAI is asked for a name that a person gave. */
export interface Application {
  /** `POST /models/import-uri`, for addresses of files. */
  importing?: { uri: string; preferences: Record<string, string> };
  /** `POST /models/apply`. */
  applying: Record<string, unknown>;
}

const SCHEME = /^(huggingface|hf|https?|oci|ollama|github):/;
/** The gallery's model without weights, by https://localai.io/docs/models/. */
const BARE_MODEL = "github:mudler/LocalAI/gallery/base.yaml@master";

/**
 * A name is one of a gallery ("localai@qwen3-8b", or without the gallery), or the address of a file
 * ("huggingface://owner/repository/file.gguf"). Names as Ollama takes them ("hf.co/owner/repository:Q4_K_M") are no file, and
 * are left to LocalAI's importer, which knows quantisations.
 */
export function applicationOf(name: string): Application {
  const hub = /^hf\.co\/([^:\s]+):([\w.-]+)$/.exec(name);
  if (hub?.[1] !== undefined && hub[2] !== undefined) {
    const uri = `huggingface://${hub[1]}`;
    return { importing: { uri, preferences: { quantizations: hub[2] } }, applying: { id: name } };
  }
  const uri = name.replace(/^hf\.co\//, "huggingface://");
  if (!SCHEME.test(uri)) return { applying: { id: name } };
  const filename = decoded(uri.slice(uri.lastIndexOf("/") + 1));
  if (!/\.gguf$/i.test(filename)) return { importing: { uri, preferences: {} }, applying: { url: uri } };
  return {
    importing: { uri, preferences: {} },
    applying: {
      url: BARE_MODEL,
      name: filename.replace(/\.gguf$/i, ""),
      files: [{ uri, filename, sha256: "" }],
      overrides: { parameters: { model: filename } },
    },
  };
}

/** A part of an address as text; as it stands where it has a percent sign that says nothing. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) return part;
    throw error;
  }
}
