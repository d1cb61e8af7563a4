import type { NodeBody, NodeInfo, ProviderKind } from "../../shared/mod.ts";

/** A server as a preset offers it. */
export interface ServerPreset {
  /** As it stands in addresses. */
  id: string;
  name: string;
  kind: ProviderKind;
  /** Where it is unless somebody moved it; "" where there is no usual place. */
  baseUrl: string;
  hosted: boolean;
  /** Where a person gets a key. */
  keyUrl?: string;
}

/** The fields of the form for a node, as they are typed. */
export interface NodeDraft {
  name: string;
  kind: string;
  baseUrl: string;
  apiKey: string;
  /** The kept key has to go. */
  removeKey: boolean;
  priority: string;
  concurrency: string;
  inferenceProvider: string;
}

/** The form for a server of a preset. */
export function draftOfPreset({ name, kind, baseUrl, id }: ServerPreset): NodeDraft {
  return {
    name: id === "other" ? "" : name,
    kind,
    baseUrl,
    apiKey: "",
    removeKey: false,
    priority: "",
    concurrency: "0",
    inferenceProvider: "",
  };
}

/** The form for a node as it is. */
export function draftOfNode(node: NodeInfo): NodeDraft {
  return {
    name: node.name,
    kind: node.kind,
    baseUrl: node.baseUrl,
    apiKey: "",
    removeKey: false,
    priority: String(node.priority),
    concurrency: String(node.concurrency),
    inferenceProvider: node.inferenceProvider ?? "",
  };
}

/** The form as a browser without scripts sends it. */
export function draftOfForm(form: URLSearchParams): NodeDraft {
  const text = (name: string) => form.get(name) ?? "";
  return {
    name: text("name"),
    kind: text("kind"),
    baseUrl: text("baseUrl"),
    apiKey: text("apiKey"),
    removeKey: form.has("removeKey"),
    priority: text("priority"),
    concurrency: text("concurrency"),
    inferenceProvider: text("inferenceProvider"),
  };
}

/** What is sent of a form: an empty key leaves the kept one as it is. */
export function nodeBodyOf(draft: NodeDraft): NodeBody {
  const body: NodeBody = { name: draft.name.trim(), kind: draft.kind, baseUrl: draft.baseUrl.trim() };
  const apiKey = draft.apiKey.trim();
  if (apiKey !== "") body.apiKey = apiKey;
  else if (draft.removeKey) body.apiKey = "";
  if (draft.priority.trim() !== "") body.priority = Number(draft.priority);
  if (draft.concurrency.trim() !== "") body.concurrency = Number(draft.concurrency);
  if (draft.kind === "huggingface") body.inferenceProvider = draft.inferenceProvider.trim() || "auto";
  return body;
}
