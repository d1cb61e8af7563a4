/** Whether an app runs for its developer or for its users. */
export type Mode = "development" | "production";

/** Options of `new App()`. */
export interface FreshConfig {
  /** Prefix of every path of the app, such as `/docs`. */
  basePath?: string;
  /** Set by the attached build unless given; `production` without one. */
  mode?: Mode;
  /** Take the protocol and host of `ctx.url` from `X-Forwarded-Proto` and `X-Forwarded-Host`. */
  trustProxy?: boolean;
}

/** The configuration an app runs with, as seen in `ctx.config`. */
export interface ResolvedFreshConfig {
  /** Absolute path of the project's directory. */
  root: string;
  basePath: string;
  mode: Mode;
  trustProxy: boolean;
}

/** A base path in the one form the router uses: empty, or with a leading and without a trailing slash. */
export function normalizeBasePath(basePath = ""): string {
  const trimmed = basePath.replace(/^\/+|\/+$/g, "");
  return trimmed === "" ? "" : `/${trimmed}`;
}
