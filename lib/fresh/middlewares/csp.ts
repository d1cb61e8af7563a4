import { internalsOf } from "../context.ts";
import type { MiddlewareFn } from "../handlers.ts";

/** Options of {@linkcode csp}. */
export interface CSPOptions {
  /** Directives that join the default policy, in place of those of the same name. With a `default-src` they are the whole policy. */
  csp?: string[];
  /** Put the nonce of the page's inline scripts and styles in place of `'unsafe-inline'`. */
  useNonce?: boolean;
  /** Report breaches of the policy without preventing them. */
  reportOnly?: boolean;
  /** Address that breaches are reported to. */
  reportTo?: string;
}

const DEFAULT_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "upgrade-insecure-requests",
];

const NONCE_DIRECTIVES = new Set([
  "default-src",
  "script-src",
  "script-src-elem",
  "style-src",
  "style-src-elem",
  "style-src-attr",
]);

/**
 * Sends a content security policy with every response. With `useNonce` it allows those inline scripts and styles that the
 * page was rendered with; a response that was not rendered keeps `'unsafe-inline'`.
 */
export function csp<State>(options: CSPOptions = {}): MiddlewareFn<State> {
  const policy = mergePolicy(options);
  const header = options.reportOnly ? "content-security-policy-report-only" : "content-security-policy";
  return async (ctx) => {
    const response = await ctx.next();
    const nonce = options.useNonce ? internalsOf(ctx).nonce : null;
    response.headers.set(
      header,
      (nonce ? policy.map((directive) => withNonce(directive, nonce)) : policy)
        .join("; "),
    );
    if (options.reportTo) response.headers.set("reporting-endpoints", `csp-endpoint="${options.reportTo}"`);
    return response;
  };
}

/** A policy with a `default-src` of its own is a whole one and stands alone; any other changes the default policy. */
function mergePolicy({ csp = [], reportTo }: CSPOptions): string[] {
  const isWhole = csp.some((directive) => nameOf(directive.trim()) === "default-src");
  const reports = reportTo ? ["report-to csp-endpoint", `report-uri ${reportTo}`] : [];
  const directives = [...(isWhole ? [] : DEFAULT_POLICY), ...csp, ...reports];
  const named = directives.map((directive) => directive.trim().replace(/;$/, "")).map((directive) =>
    [nameOf(directive), directive] as const
  );
  return [...new Map(named).values()];
}

function nameOf(directive: string): string {
  return directive.split(/\s+/, 1)[0]?.toLowerCase() ?? "";
}

function withNonce(directive: string, nonce: string): string {
  if (!NONCE_DIRECTIVES.has(nameOf(directive))) return directive;
  return directive.replace("'unsafe-inline'", `'nonce-${nonce}'`);
}
