import { FreshetError } from "../../shared/mod.ts";
import { readText } from "../../providers/mod.ts";

const TIMEOUT_MS = 12_000;
const MAX_BYTES = 4 * 1024 * 1024;

/** How a source is asked: for the text at one of its addresses. */
export type Ask = (path: string) => Promise<string>;

/**
 * The text at an address, at most 4 MB of it and within twelve seconds; one redirect is followed, and only on the same host.
 * Throws `unreachable`, `stalled`, `rate_limited` and `upstream`, in words for people.
 */
export async function askOnline(
  send: (input: URL, init?: RequestInit) => Promise<Response>,
  url: URL,
): Promise<string> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await followed(send, url, signal);
    if (!response.ok) {
      await response.body?.cancel();
      throw refused(url, response);
    }
    const text = await readText(response, MAX_BYTES);
    if (text === null) throw new FreshetError("upstream", `The answer of ${url.host} is too long`);
    return text;
  } catch (cause) {
    throw clearer(cause, url, signal);
  }
}

async function followed(
  send: (input: URL, init?: RequestInit) => Promise<Response>,
  url: URL,
  signal: AbortSignal,
): Promise<Response> {
  const init: RequestInit = {
    signal,
    redirect: "manual",
    headers: { accept: "application/json, text/html" },
  };
  const response = await send(url, init);
  if (response.status < 300 || response.status >= 400) return response;
  const target = URL.parse(response.headers.get("location") ?? "", url);
  await response.body?.cancel();
  if (!target || target.origin !== url.origin) {
    throw new FreshetError("upstream", `${url.host} redirects to another address, where it is not followed`);
  }
  return await send(target, init);
}

function refused({ host }: URL, { status, headers }: Response): FreshetError {
  if (status === 429) {
    const retryAfter = Number(headers.get("retry-after"));
    return new FreshetError("rate_limited", `${host} limits the requests`, {
      hint: "Try again in a few minutes",
      retryAfter: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : undefined,
    });
  }
  return new FreshetError("upstream", `${host} answered with the status ${status}`, {
    hint: "Try again later; what comes with Freshet can be searched without it",
  });
}

function clearer(cause: unknown, { host }: URL, signal: AbortSignal): FreshetError {
  if (cause instanceof FreshetError) return cause;
  if (signal.aborted) {
    return new FreshetError("stalled", `${host} did not answer in time`, { hint: "Try again", cause });
  }
  return new FreshetError("unreachable", `Cannot reach ${host}`, {
    hint: "Check the connection to the internet; what comes with Freshet can be searched without it",
    cause,
  });
}
