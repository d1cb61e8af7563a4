import { FreshetError } from "../../shared/mod.ts";

/** How Deno and the client tell that there is no connection, and that one broke. */
const UNREACHABLE = /error sending request|fetch failed/i;
const LOST =
  /error reading a body|missing EndStreamResponse|connection|terminated|was killed or reached its end/i;
const KEY_HINT = "Check the key at https://e2b.dev/dashboard?tab=keys";

/**
 * An error of the official client as one for a person. Errors are told apart by their names, so that the client need not be loaded
 * for it. The key is taken out of whatever is quoted.
 */
export function toE2bError(error: unknown, apiKey: string): FreshetError {
  if (error instanceof FreshetError) return error;
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  const said = message.replaceAll(apiKey, "…");
  if (name === "AuthenticationError" || statusOf(error) === 403) {
    return new FreshetError("auth", "E2B refuses the API key", { hint: KEY_HINT });
  }
  if (UNREACHABLE.test(said)) {
    return new FreshetError("unreachable", "E2B cannot be reached", {
      hint: "Check the network and the domain",
    });
  }
  if (LOST.test(said)) {
    return new FreshetError("unavailable", "The connection to the E2B sandbox was lost");
  }
  switch (name) {
    case "RateLimitError":
      return new FreshetError(
        "rate_limited",
        "E2B has no more sandboxes to give for now: its limit is reached",
      );
    case "SandboxNotFoundError":
      return new FreshetError("unavailable", "The E2B sandbox is gone");
    case "ServiceBusyError":
      return new FreshetError("unavailable", "E2B is busy", { hint: "Try again in a minute" });
    case "TimeoutError":
    case "AbortError":
      return new FreshetError("stalled", "E2B did not answer in time");
    default:
      return new FreshetError("upstream", `E2B cannot do it: ${said || name}`);
  }
}

function statusOf(error: unknown): number | undefined {
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === "number" ? statusCode : undefined;
}
