import type { Context } from "hono";
import { FreshetError, newId, toFreshetError } from "../shared/mod.ts";
import type { Clock, Log } from "../host/mod.ts";
import {
  type Authenticator,
  type Principal,
  type RateLimiter,
  requireScope,
  type Revocations,
  type Source,
} from "../access/mod.ts";
import type { Dispatcher, Nodes } from "../nodes/mod.ts";
import { type Call, Calls } from "./calls.ts";
import { toChatRequest } from "./chat_request.ts";
import { collectCompletion } from "./collect_completion.ts";
import type { AnswerOptions, Completion } from "./completion.ts";
import { toEmbeddingsResponse } from "./embeddings.ts";
import { Holds } from "./holds.ts";
import { KeepAlive } from "./keep_alive.ts";
import { findModel, listModels } from "./models.ts";
import { errorResponse } from "./openai_error.ts";
import { readJson } from "./read_json.ts";
import { chatCompletionRequest } from "./schemas/chat_request.ts";
import { embeddingsRequest } from "./schemas/embeddings.ts";
import { streamCompletion } from "./stream_completion.ts";
import { validate } from "./validate.ts";
import { wholeAnswer } from "./whole_answer.ts";

/** What the gateway needs. */
export interface GatewayOptions {
  nodes: Pick<Nodes, "models" | "catalog"> & { dispatcher: Pick<Dispatcher, "dispatch" | "embed"> };
  authenticator: Pick<Authenticator, "authenticate">;
  /** Says what a principal has left of its limits; the dispatcher sees to it that they are kept. */
  limits?: Pick<RateLimiter, "headers">;
  /** Ends the calls of keys that are revoked or expire meanwhile. */
  revocations?: Pick<Revocations, "on">;
  log: Log;
  clock: Clock;
  /** ms of silence in a stream after which a comment is sent; 15 s unless told. */
  keepAliveMs?: number;
  /**
   * ms for which a stream's headers wait for its first delta; 500 unless told. An error within that time gets its status, a
   * later one comes in the stream; a client that leaves is noticed once the headers are out.
   */
  firstEventHoldMs?: number;
  /**
   * The same for an answer that is not streamed; 700 unless told, so that a client that leaves ends the upstream request within
   * a second. Its later errors come in the body and break off the connection.
   */
  wholeAnswerHoldMs?: number;
  /** Bodies of this size or more are refused; 20 MB unless told. */
  maxBodyBytes?: number;
}

const DEFAULTS = {
  keepAliveMs: 15_000,
  firstEventHoldMs: 500,
  wholeAnswerHoldMs: 700,
  maxBodyBytes: 20_000_000,
};

/** `true` lets another node go on with an answer that breaks off, `false` does not; else the option of the key counts. */
const GO_ON_HEADER = "x-freshet-continue";
/** Where the models are, one by one. */
export const MODELS = "/v1/models/";

/** What the middlewares leave for the handlers. */
export type Env = { Bindings: { source: Source }; Variables: { principal: Principal; requestId: string } };

/** The operations of the gateway. Those that fail throw a `FreshetError`, of which `fail` makes the response. */
export class GatewayService {
  #options: GatewayOptions & typeof DEFAULTS;
  #keepAlive: KeepAlive;
  #firstEventHolds: Holds;
  #wholeAnswerHolds: Holds;
  #calls = new Calls();
  #log: Log;

  constructor(options: GatewayOptions) {
    this.#options = { ...DEFAULTS, ...options };
    this.#keepAlive = new KeepAlive(options.clock, this.#options.keepAliveMs);
    this.#firstEventHolds = new Holds(options.clock, this.#options.firstEventHoldMs);
    this.#wholeAnswerHolds = new Holds(options.clock, this.#options.wholeAnswerHoldMs);
    this.#log = options.log.of("gateway");
  }

  async chatCompletions(c: Context<Env>): Promise<Response> {
    const principal = c.get("principal");
    requireScope(principal, "chat");
    const body = validate(chatCompletionRequest, await readJson(c.req.raw, this.#options.maxBodyBytes));
    const request = toChatRequest(body);
    const call = this.#open(c);
    const source = { type: "api", endpoint: c.req.path } as const;
    const goesOn = mayGoOn(c.req.header(GO_ON_HEADER), principal);
    const includeUsage = body.stream_options?.include_usage ?? false;
    const includeMessage = body.stream_options?.include_message ?? false;
    // What has to be gone on with, or be put together, is read on its way.
    const isPassed = !goesOn && !includeMessage;
    const completion: Completion = {
      id: `chatcmpl-${newId()}`,
      created: Math.floor(this.#options.clock.now() / 1000),
      model: body.model,
      begin: (write) =>
        this.#options.nodes.dispatcher.dispatch({
          principal,
          request,
          source,
          signal: call.signal,
          // Another node's words after those of the first are not what every program expects.
          goesOn,
          ...(isPassed ? { raw: { includeUsage, write } } : {}),
        }),
      call,
    };
    const answer = this.#answerOptions(c);
    if (!body.stream) return await collectCompletion(completion, answer);
    return await streamCompletion(completion, {
      ...answer,
      holds: this.#firstEventHolds,
      includeUsage,
      includeMessage,
    });
  }

  async embeddings(c: Context<Env>): Promise<Response> {
    const principal = c.get("principal");
    requireScope(principal, "embeddings");
    const { model, input, dimensions, encoding_format: format } = validate(
      embeddingsRequest,
      await readJson(c.req.raw, this.#options.maxBodyBytes),
    );
    const call = this.#open(c);
    const vectors = this.#options.nodes.dispatcher.embed({
      principal,
      model,
      input: typeof input === "string" ? [input] : input,
      ...(typeof dimensions === "number" ? { dimensions } : {}),
      source: { type: "api", endpoint: c.req.path },
      signal: call.signal,
    }).then((result) => toEmbeddingsResponse(result, model, format ?? "float"));
    return await wholeAnswer(vectors, call, this.#answerOptions(c));
  }

  async models(c: Context<Env>): Promise<Response> {
    requireScope(c.get("principal"), "models");
    return Response.json({ object: "list", data: await listModels(this.#options.nodes, c.get("principal")) });
  }

  async model(c: Context<Env>): Promise<Response> {
    requireScope(c.get("principal"), "models");
    const id = decodeId(new URL(c.req.url).pathname.slice(MODELS.length));
    return Response.json(await findModel(this.#options.nodes, c.get("principal"), id));
  }

  fail(cause: unknown, c: Context<Env>): Response {
    const error = toFreshetError(cause);
    this.#report(error, c.get("requestId"));
    return errorResponse(error);
  }

  async close(): Promise<void> {
    await this.#calls.close(new FreshetError("unavailable", "Freshet is being shut down"));
  }

  #open(c: Context<Env>): Call {
    const { revocations } = this.#options;
    return this.#calls.open(
      c.req.raw.signal,
      revocations && ((end) => revocations.on(c.get("principal"), end)),
    );
  }

  /** How an answer is sent that is not streamed. */
  #answerOptions(c: Context<Env>): AnswerOptions {
    return {
      keepAlive: this.#keepAlive,
      holds: this.#wholeAnswerHolds,
      onLateError: (error) => this.#report(error, c.get("requestId")),
    };
  }

  #report(error: FreshetError, requestId: string): void {
    const { code, message, cause } = error;
    if (code === "internal") this.#log.error("A request failed", { requestId, error: cause ?? error });
    else this.#log.debug("A request was refused or failed", { requestId, code, error: message });
  }
}

function mayGoOn(asked: string | undefined, { continuesAnswers = false }: Principal): boolean {
  return asked === "true" || (asked !== "false" && continuesAnswers);
}

/** Ids contain slashes, and clients send them as they are or encoded. Throws `not_found`. */
function decodeId(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new FreshetError("not_found", "Cannot decode the model's id in the path", { cause });
  }
}
