import { type ErrorBody, FreshetError, isErrorBody } from "../shared/mod.ts";

/** Optional parts of a request. */
export interface RequestOptions {
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/**
 * JSON over HTTP as the server's API speaks it. Every failure is a `FreshetError`: the server's own, or `unreachable` where no
 * answer came.
 */
export class ApiClient {
  #fetch: Fetch;

  constructor(fetcher: Fetch = (input, init) => fetch(input, init)) {
    this.#fetch = fetcher;
  }

  get<T>(path: string, options?: RequestOptions): Promise<T> {
    return this.#json<T>(path, { method: "GET" }, options);
  }

  post<T>(path: string, body?: unknown, options?: RequestOptions): Promise<T> {
    return this.#json<T>(path, { method: "POST", ...jsonBody(body) }, options);
  }

  patch<T>(path: string, body: unknown, options?: RequestOptions): Promise<T> {
    return this.#json<T>(path, { method: "PATCH", ...jsonBody(body) }, options);
  }

  put<T>(path: string, body: unknown, options?: RequestOptions): Promise<T> {
    return this.#json<T>(path, { method: "PUT", ...jsonBody(body) }, options);
  }

  async delete(path: string, options?: RequestOptions): Promise<void> {
    await this.request(path, { method: "DELETE" }, options);
  }

  /** Sends a file as the form field `file`. */
  upload<T>(path: string, file: File, options?: RequestOptions): Promise<T> {
    const body = new FormData();
    body.append("file", file, file.name);
    return this.#json<T>(path, { method: "POST", body }, options);
  }

  /** The response where it is a success; anything else is thrown. */
  async request(path: string, init: RequestInit, options: RequestOptions = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    for (const [name, value] of Object.entries(options.headers ?? {})) headers.set(name, value);
    const signal = options.signal ? { signal: options.signal } : {};
    let response: Response;
    try {
      response = await this.#fetch(path, { ...init, headers, ...signal });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      unreachable(error);
    }
    if (!response.ok) throw await errorOf(response);
    return response;
  }

  async #json<T>(path: string, init: RequestInit, options?: RequestOptions): Promise<T> {
    const response = await this.request(path, init, options);
    try {
      return await response.json() as T;
    } catch (error) {
      if (options?.signal?.aborted) throw error;
      // The connection broke in the middle of the answer.
      unreachable(error);
    }
  }
}

/** Throws that the server cannot be reached, as when code or the rest of an answer could not be fetched. */
export function unreachable(cause: unknown): never {
  throw new FreshetError("unreachable", "The server cannot be reached", { cause });
}

function jsonBody(body: unknown): RequestInit {
  if (body === undefined) return {};
  return { body: JSON.stringify(body), headers: { "content-type": "application/json" } };
}

async function errorOf(response: Response): Promise<FreshetError> {
  const body = await response.json().then(
    (value: { error?: unknown }) => value.error,
    () => undefined,
  );
  return FreshetError.fromBody(isErrorBody(body) ? withRetryAfter(body, response) : unknownError(response));
}

function withRetryAfter(body: ErrorBody, response: Response): ErrorBody {
  const seconds = Number(response.headers.get("retry-after"));
  return body.retryAfter === undefined && seconds > 0 ? { ...body, retryAfter: seconds } : body;
}

/** What stands between us and the server (a proxy) may answer without our shape. */
function unknownError(response: Response): ErrorBody {
  const message = `The server answered ${response.status} ${response.statusText}`.trim();
  return {
    code: response.status === 429 ? "rate_limited" : response.status >= 500 ? "upstream" : "invalid_request",
    message,
  };
}
