/**
 * What models are made of, in versions, and which ones their names led to. Of this the index of `shared` has the types alone,
 * so that pages which show nothing of it load nothing of it.
 */
export {
  changedFields,
  type ConfigContent,
  type ConfigDraft,
  type ConfigOrigin,
  type ConfigVersion,
  type CreationState,
  filledContent,
  type InheritedContent,
  MODEL_PARAMETERS,
  type ModelConfig,
  type ModelCreation,
  type ModelParameters,
  type ParameterName,
  type ParameterSpec,
  type SaveConfigBody,
} from "./contents.ts";
export {
  type DigestEntry,
  type DigestOrigin,
  isKeptCopy,
  type KeptBase,
  keptCopyName,
  looksLikeKeptCopy,
  type ModelChange,
  type ModelDigests,
  type ModelPin,
} from "./digests.ts";
