/** Model servers for tests: they speak the true protocols by a script, well or badly. */
export { fakeAnthropic, type FakeAnthropicOptions } from "./anthropic.ts";
export { type FakeHubModel, fakeHuggingFace, type FakeHuggingFaceOptions } from "./huggingface.ts";
export { fakeOllama, type FakeOllamaModel, type FakeOllamaOptions } from "./ollama.ts";
export { fakeOpenAI, type FakeOpenAIOptions } from "./openai.ts";
export type { OpenAIFlavour } from "./openai_wire.ts";
export type { FakePull } from "./ollama_library.ts";
export { type Delay, realDelay } from "./play.ts";
export {
  callsTool,
  echo,
  type FailureKind,
  type FakeAnswer,
  type FakeDelta,
  type FakeFailure,
  type FakePrompt,
  type Interruption,
  type Script,
  words,
} from "./script.ts";
export { FakeServer, type FakeServerOptions, type RecordedRequest } from "./server.ts";
export type { Job as FakeJob } from "./jobs.ts";
export { fakeLmStudio, type FakeLmStudioModel, type FakeLmStudioOptions } from "./lmstudio.ts";
export {
  type FakeBackend,
  type FakeGalleryModel,
  fakeLocalAI,
  type FakeLocalAIOptions,
  LocalAIDisk,
} from "./localai.ts";
export { type FakeLibraryModel, type FakeRepository, fakeSites, type FakeSitesOptions } from "./online.ts";
export { fakeTextgen, type FakeTextgenOptions, type FakeTextgenState } from "./textgen.ts";
