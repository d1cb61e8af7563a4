/** How much of the models an API key or a profile may use in a minute. */
export { type Admission, type AdmissionControl, type PromptTokens, UNLIMITED } from "./admission.ts";
export { type Dimension, RateLimitError } from "./rate_limit_error.ts";
export { RateLimiter, type RateLimiterOptions } from "./rate_limiter.ts";
