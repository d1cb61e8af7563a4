import { FreshetError, type ProviderKind } from "../../shared/mod.ts";
import { type CallOptions, once } from "../call.ts";
import { serverName } from "../catalog.ts";
import { protocolError } from "../errors.ts";
import { HttpFailure } from "../http_failure.ts";
import type { ProviderOptions } from "../options.ts";
import type { Endpoint } from "../provider.ts";
import { readText } from "../read_text.ts";
import { parseServerError } from "../server_error.ts";

/** Galleries list a few thousand models. */
const MAX_BYTES = 32 * 1024 * 1024;
/** What servers say of an address that they do not have: LM Studio, FastAPI, Echo, Fiber, Go. */
const NO_SUCH_ADDRESS =
  /^(not found|method not allowed|404 page not found|unexpected endpoint or method.*|cannot (get|post|patch|put|delete) .*)?$/is;

/** What a request is about, beside its address. */
export interface Request {
  method?: "GET" | "POST" | "PATCH";
  body?: unknown;
  /** The model that it is about, for errors. */
  model?: string;
}

/** The management API of a server: JSON at addresses beside those of OpenAI's protocol. */
export class ServerApi {
  readonly #kind: ProviderKind;
  readonly #options: ProviderOptions;

  constructor(kind: ProviderKind, options: ProviderOptions) {
    this.#kind = kind;
    this.#options = options;
  }

  /**
   * Asks for JSON; an empty answer is null. Throws `unsupported` where the server has no such address, which older versions
   * may lack.
   */
  async ask(endpoint: Endpoint, path: string, signal: AbortSignal, request: Request = {}): Promise<unknown> {
    const { method = "GET", body, model } = request;
    const options: CallOptions = {
      kind: this.#kind,
      endpoint,
      signal,
      model,
      fetch: this.#options.fetch,
      authorize: (headers) => {
        if (endpoint.apiKey !== undefined) headers.set("authorization", `Bearer ${endpoint.apiKey}`);
      },
    };
    try {
      return await once(options, async (call) => {
        const init: RequestInit = { method };
        if (body !== undefined) {
          init.body = JSON.stringify(body);
          init.headers = { "content-type": "application/json" };
        }
        const response = await call.fetch(new URL(`${rootOf(endpoint)}${path}`), init);
        const text = await readText(response, MAX_BYTES);
        if (text === null) throw protocolError("it is too long", call.context);
        const answer: unknown = text.trim() === "" ? null : JSON.parse(text);
        // LM Studio answers 200 to what it does not know.
        if (isUnknownAddress(answer)) throw new HttpFailure(404, response.headers, text);
        return answer;
      });
    } catch (error) {
      throw this.#clearer(error, endpoint);
    }
  }

  /** The same, with what the server lacks answered as undefined. */
  async askIfThere(endpoint: Endpoint, path: string, signal: AbortSignal): Promise<unknown> {
    try {
      return await this.ask(endpoint, path, signal);
    } catch (error) {
      if (error instanceof FreshetError && error.code === "unsupported") return undefined;
      throw error;
    }
  }

  #clearer(error: unknown, endpoint: Endpoint): unknown {
    if (!(error instanceof FreshetError)) return error;
    const failure = error.cause;
    const isUnknown = failure instanceof HttpFailure && [404, 405, 501].includes(failure.status) &&
      NO_SUCH_ADDRESS.test(parseServerError(failure.body).message.trim());
    if (!isUnknown) return error;
    return new FreshetError(
      "unsupported",
      `${serverName(this.#kind, endpoint.baseUrl)} has no call for that`,
      {
        hint: "A newer version may have one, or it is switched off there",
        cause: failure,
      },
    );
  }
}

/** Where the management API begins: people enter the address of the compatible API. */
function rootOf({ baseUrl }: Endpoint): string {
  return baseUrl.replace(/(\/api)?\/v\d+\/?$/, "").replace(/\/$/, "");
}

function isUnknownAddress(answer: unknown): boolean {
  const error = typeof answer === "object" && answer !== null && "error" in answer ? answer.error : undefined;
  return typeof error === "string" && error.startsWith("Unexpected endpoint or method");
}
