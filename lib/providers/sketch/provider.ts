import {
  type ChatDelta,
  type ChatRequest,
  type EmbeddingRequest,
  type EmbeddingResult,
  FreshetError,
  type ModelInfo,
} from "../../shared/mod.ts";
import type { Endpoint, Provider } from "../provider.ts";
import { SKETCH_CONTEXT_LENGTH, SKETCH_MODEL } from "./about.ts";
import { compose } from "./compose.ts";
import { type Delay, timerDelay } from "./delay.ts";
import { Documentation, type DocumentationSource } from "./documentation.ts";
import { embedText } from "./embedding.ts";
import { countPromptTokens, perform } from "./performance.ts";
import { countTokens } from "./tokens.ts";

const MAX_DIMENSIONS = 4_096;

/** What Sketch is made of. */
export interface SketchOptions {
  /** What it answers questions about Freshet from. */
  documentation: DocumentationSource;
  /** Used instead of timers; must reject with the signal's reason once it is aborted. */
  delay?: Delay;
}

/**
 * Sketch, the built-in model: no AI, but rules, so that Freshet can be tried and tested without a model server. It has one
 * model, "sketch", streams about 60 tokens a second, and answers the same request always in the same way. What can be asked,
 * and the directives that script an answer (`/pace`, `/error`, `/stall`, `/say`, …), are in its answer to "help".
 */
export function createSketch(options: SketchOptions): Provider {
  const documentation = new Documentation(options.documentation);
  const delay = options.delay ?? timerDelay;
  return {
    kind: "sketch",
    chat: (_endpoint, request, signal) =>
      closable(signal, (inner) => chat(request, documentation, delay, inner)),
    continuation: () => "none",
    embed: (_endpoint, request, signal) => embed(request, signal),
    models: (_endpoint, signal) => whileNotAborted<ModelInfo[]>(signal, [SKETCH_MODEL]),
    probe: (_endpoint: Endpoint, signal) => whileNotAborted(signal, undefined),
  };
}

async function* chat(
  request: ChatRequest,
  documentation: Documentation,
  delay: Delay,
  signal: AbortSignal,
): AsyncGenerator<ChatDelta, void> {
  checkModel(request.model);
  signal.throwIfAborted();
  const promptTokens = countPromptTokens(request);
  if (promptTokens > SKETCH_CONTEXT_LENGTH) {
    const limit = SKETCH_CONTEXT_LENGTH.toLocaleString("en");
    throw new FreshetError(
      "context_length",
      `The prompt is longer than the ${limit} tokens that Sketch can take`,
    );
  }
  const answer = await compose(request, documentation);
  yield* perform({ request, answer, promptTokens, delay, signal });
}

/**
 * A stream that ends at once on `return()`, even while it waits for its next token: a plain generator would queue the
 * `return()` behind that.
 */
function closable(
  signal: AbortSignal,
  open: (signal: AbortSignal) => AsyncGenerator<ChatDelta, void>,
): AsyncIterable<ChatDelta> {
  return {
    [Symbol.asyncIterator](): AsyncIterableIterator<ChatDelta> {
      const closing = new AbortController();
      let isClosed = false;
      const deltas = open(AbortSignal.any([signal, closing.signal]));
      const done = { done: true as const, value: undefined };
      return {
        async next() {
          try {
            return await deltas.next();
          } catch (error) {
            if (isClosed) return done;
            throw signal.aborted && error === signal.reason ? abortError(signal) : error;
          }
        },
        async return() {
          isClosed = true;
          closing.abort();
          await deltas.return();
          return done;
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}

async function embed(request: EmbeddingRequest, signal: AbortSignal): Promise<EmbeddingResult> {
  checkModel(request.model);
  const { dimensions } = request;
  if (
    dimensions !== undefined &&
    !(Number.isInteger(dimensions) && dimensions > 0 && dimensions <= MAX_DIMENSIONS)
  ) {
    throw new FreshetError("invalid_request", `Sketch makes vectors of 1 to ${MAX_DIMENSIONS} dimensions`, {
      field: "dimensions",
    });
  }
  const tokens = request.input.reduce((sum, text) => sum + countTokens(text), 0);
  return await whileNotAborted(signal, {
    model: SKETCH_MODEL.id,
    vectors: request.input.map((text) => embedText(text, dimensions)),
    usage: { promptTokens: tokens, completionTokens: 0, totalTokens: tokens, estimated: true },
  });
}

function whileNotAborted<T>(signal: AbortSignal, value: T): Promise<T> {
  return signal.aborted ? Promise.reject(abortError(signal)) : Promise.resolve(value);
}

function checkModel(model: string): void {
  if (model === SKETCH_MODEL.id) return;
  throw new FreshetError("model_not_found", `Sketch has no model named ${model}, only ${SKETCH_MODEL.id}`);
}

function abortError({ reason }: AbortSignal): FreshetError {
  if (reason instanceof FreshetError) return reason;
  return new FreshetError("cancelled", "The request was cancelled", { cause: reason });
}
