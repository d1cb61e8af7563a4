import { FreshetError } from "../../shared/mod.ts";

/** No answer, or one of something between us and the server: the message may have arrived or not, and is sent again. */
const UNANSWERED: ReadonlySet<string> = new Set(["unreachable", "upstream", "unavailable", "stalled"]);

/** Whether an error goes away by itself, so that the same message may be sent again. */
export function heals({ code, retryAfter }: FreshetError): boolean {
  return UNANSWERED.has(code) || code === "rate_limited" || retryAfter !== undefined;
}

/** Whether the server has said that it did nothing; after any other error the message may be there all the same. */
export function isRefusal({ status }: FreshetError): boolean {
  return status < 500;
}
