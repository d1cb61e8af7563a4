/** Who put a model under its name: nobody we know (it was found), Freshet, or somebody on its server. */
export type DigestOrigin = "found" | "freshet" | "server";

/** A model that was found under a name. */
export interface DigestEntry {
  /** 64 hexadecimal digits. */
  digest: string;
  /** When it was first seen (ms since 1970). */
  at: number;
  by: DigestOrigin;
}

/** A model of a node that became another one. */
export interface ModelChange {
  nodeId: string;
  nodeName: string;
  model: string;
  from: string;
  to: string;
  at: number;
}

/** A digest that is kept on a node under a name of ours. */
export interface ModelPin {
  nodeId: string;
  model: string;
  digest: string;
  /** The name of the copy. */
  copy: string;
  createdAt: number;
  /** False where the server has that copy no more. */
  isThere: boolean;
}

/** What was a model before its first configuration, kept to be made of. */
export interface KeptBase {
  name: string;
  digest: string;
}

/** Which models a node had under a name. */
export interface ModelDigests {
  nodeId: string;
  model: string;
  /** Null where the node has none of that name, or tells no digests. */
  digest: string | null;
  /** Newest first. */
  entries: DigestEntry[];
  /** When a change that nobody has noted was seen. */
  changedAt: number | null;
  pins: ModelPin[];
  bases: KeptBase[];
}

const COPY = /-(pin|base)-([0-9a-f]{12})$/;
/** Ollama allows 80 characters of a tag. */
const TAG_MAX_CHARS = 60;

/** The name of a copy that Freshet keeps of a model: `qwen3:8b-pin-0123456789ab`. */
export function keptCopyName(model: string, kind: "pin" | "base", digest: string): string {
  const colon = model.lastIndexOf(":");
  return `${model.slice(0, colon)}:${model.slice(colon + 1, colon + 1 + TAG_MAX_CHARS)}-${kind}-${
    digest.slice(0, 12)
  }`;
}

/** Whether a model is such a copy: its name ends with the beginning of its own digest. */
export function isKeptCopy({ id, digest }: { id: string; digest?: string }): boolean {
  const beginning = COPY.exec(id)?.[2];
  return beginning !== undefined && digest?.startsWith(beginning) === true;
}

/** Whether a name would be taken for such a copy's. */
export function looksLikeKeptCopy(model: string): boolean {
  return COPY.test(model);
}
