import type { ErrorBody } from "../errors.ts";

/** What a parameter of a model takes. */
export interface ParameterSpec {
  name: string;
  type: "number" | "integer" | "list";
  min: number;
  max: number;
  /** Of its field in a form. */
  step: number;
}

/**
 * The parameters that a configuration may set, with the ranges that make sense, by Ollama's reference of the Modelfile
 * (https://docs.ollama.com/modelfile). Lists are texts; their `max` is how many there may be.
 */
export const MODEL_PARAMETERS = [
  { name: "temperature", type: "number", min: 0, max: 5, step: 0.05 },
  { name: "top_k", type: "integer", min: 0, max: 1_000, step: 1 },
  { name: "top_p", type: "number", min: 0, max: 1, step: 0.01 },
  { name: "min_p", type: "number", min: 0, max: 1, step: 0.01 },
  { name: "num_ctx", type: "integer", min: 128, max: 16_777_216, step: 1 },
  { name: "num_predict", type: "integer", min: -2, max: 1_048_576, step: 1 },
  { name: "seed", type: "integer", min: -1, max: 2_147_483_647, step: 1 },
  { name: "repeat_penalty", type: "number", min: 0, max: 10, step: 0.05 },
  { name: "repeat_last_n", type: "integer", min: -1, max: 1_048_576, step: 1 },
  { name: "presence_penalty", type: "number", min: -2, max: 2, step: 0.1 },
  { name: "frequency_penalty", type: "number", min: -2, max: 2, step: 0.1 },
  { name: "num_gpu", type: "integer", min: -1, max: 1_000, step: 1 },
  { name: "stop", type: "list", min: 1, max: 16, step: 1 },
] as const satisfies readonly ParameterSpec[];

/** The name of a parameter. */
export type ParameterName = (typeof MODEL_PARAMETERS)[number]["name"];

/** What is set; a parameter that is not is as the base has it. */
export type ModelParameters = { [Name in Exclude<ParameterName, "stop">]?: number } & { stop?: string[] };

/** What a model is made of. An empty text is as the base has it: Ollama takes no empty one. */
export interface ConfigContent {
  /** The model that it is made of, with its tag. */
  base: string;
  parameters: ModelParameters;
  system: string;
  template: string;
}

/** Where the creation of a version on a node stands; `interrupted` is one whose process ended in the middle. */
export type CreationState = "waiting" | "creating" | "done" | "failed" | "interrupted";

/** The creation of a version on one node. */
export interface ModelCreation {
  configId: string;
  number: number;
  nodeId: string;
  nodeName: string;
  state: CreationState;
  /** What the server says that it does. */
  phase: string;
  /** Of the model that came of it, 64 hexadecimal digits. */
  digest?: string;
  error?: ErrorBody;
  /** ms since 1970, like all times here. */
  startedAt: number;
  updatedAt: number;
  finishedAt?: number;
}

/** How a version came to be: saved by a person, found on a server, or an older one again. */
export type ConfigOrigin = "saved" | "imported" | "restored";

/** One version of a configuration; what it says never changes. */
export interface ConfigVersion {
  number: number;
  content: ConfigContent;
  /** Of the person who saved it. */
  note: string;
  createdAt: number;
  origin: ConfigOrigin;
  /** The version whose content it has again. */
  restoredFrom?: number;
  creations: ModelCreation[];
  /** The nodes whose model of this name is this version, as far as their digests tell. */
  activeOn: string[];
}

/** A configuration: the model that it makes, and all its versions, newest first. */
export interface ModelConfig {
  id: string;
  /** Of the model that it makes, with its tag. */
  name: string;
  latest: number;
  createdAt: number;
  updatedAt: number;
  versions: ConfigVersion[];
}

/** What a model brings along, read from its server. */
export type InheritedContent = Omit<ConfigContent, "base">;

/** What the page of a model's configuration begins with. */
export interface ConfigDraft {
  model: string;
  nodeId: string;
  /** Null where the model was never configured here. */
  config: ModelConfig | null;
  content: ConfigContent;
  /** What the base has, for where nothing is set. */
  inherited: InheritedContent;
}

/** `POST /api/models/configs`. */
export interface SaveConfigBody extends ConfigContent {
  /** Of the model to make. */
  name: string;
  note?: string;
  nodeIds: string[];
  /** The latest version that the person has seen; 0 for a new configuration. */
  basedOn?: number;
}

/** The fields in which two contents differ. */
export function changedFields(
  a: ConfigContent,
  b: ConfigContent,
): ("base" | "system" | "template" | ParameterName)[] {
  const texts = (["base", "system", "template"] as const).filter((field) => a[field] !== b[field]);
  const parameters = MODEL_PARAMETERS.map(({ name }) => name)
    .filter((name) => JSON.stringify(a.parameters[name]) !== JSON.stringify(b.parameters[name]));
  return [...texts, ...parameters];
}

/** A content with what its base brings along, so that what is said twice is no difference. */
export function filledContent(content: ConfigContent, inherited: InheritedContent): ConfigContent {
  return {
    base: content.base,
    parameters: { ...inherited.parameters, ...content.parameters },
    system: content.system || inherited.system,
    template: content.template || inherited.template,
  };
}
