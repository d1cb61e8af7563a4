import { FreshetError, isErrorBody } from "../../shared/mod.ts";

/** How a file is sent. */
export interface SendOptions {
  /** Told how much has been sent, from 0 to 1. */
  onProgress(part: number): void;
  signal: AbortSignal;
  headers?: Record<string, string>;
}

/**
 * Sends a file as the body of a POST and reads the JSON of the answer. By XMLHttpRequest: `fetch` does not say how far it is.
 * Throws a `FreshetError`, and the signal's reason where that ended it.
 */
export function sendFile<T>(
  path: string,
  file: File,
  { onProgress, signal, headers = {} }: SendOptions,
): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const request = new XMLHttpRequest();
  request.responseType = "json";
  request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
  request.onload = () => {
    const { status, response } = request;
    if (status >= 200 && status < 300 && response !== null) resolve(response as T);
    else reject(errorOf(status, response));
  };
  request.onerror = () => reject(new FreshetError("unreachable", "The server cannot be reached"));
  request.onabort = () => reject(signal.reason);
  signal.addEventListener("abort", () => request.abort(), { once: true });
  request.open("POST", path);
  request.setRequestHeader("content-type", file.type || "application/octet-stream");
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.send(file);
  return promise;
}

function errorOf(status: number, response: { error?: unknown } | null): FreshetError {
  if (isErrorBody(response?.error)) return FreshetError.fromBody(response.error);
  return new FreshetError("upstream", `The server answered ${status}`);
}
