import { type Method, METHODS } from "./handlers.ts";
import { collapseSlashes, withoutTrailingSlash } from "./paths.ts";

/** The methods of one path, each with what answers it. */
interface Entry<Target> {
  route: string;
  pattern: URLPattern | null;
  /** What every matching path starts with: most patterns are ruled out by it, at a fraction of the cost. */
  prefix: string;
  methods: Map<Method, Target>;
}

/** A path that is known: what answers it, or, where its methods are others, which it has. */
export type Match<Target> =
  | { type: "found"; route: string; params: Record<string, string>; target: Target }
  | { type: "method"; route: string; params: Record<string, string>; allowed: Method[]; nearest: Target }
  | { type: "none" };

/** A path with any of these is matched as a pattern. */
const PATTERN_SYNTAX = /[:*{}()\\]/;

/** Finds what answers a method and path: exact paths first, then patterns in the order they were added. */
export class Router<Target> {
  readonly #exact: Map<string, Entry<Target>> = new Map();
  readonly #patterns: Entry<Target>[] = [];
  readonly #byRoute: Map<string, Entry<Target>> = new Map();

  /** Adds a target for a path and some methods. The first target of a method stays. */
  add(methods: readonly Method[], route: string, target: Target): void {
    const entry = this.#byRoute.get(route) ?? this.#newEntry(route);
    for (const method of methods) {
      if (!entry.methods.has(method)) entry.methods.set(method, target);
    }
  }

  #newEntry(route: string): Entry<Target> {
    const isPattern = PATTERN_SYNTAX.test(route);
    const entry: Entry<Target> = {
      route,
      pattern: isPattern ? new URLPattern({ pathname: route }) : null,
      prefix: literalPrefix(route),
      methods: new Map(),
    };
    this.#byRoute.set(route, entry);
    if (isPattern) this.#patterns.push(entry);
    else this.#exact.set(withoutTrailingSlash(new URL(route, "http://localhost").pathname), entry);
    return entry;
  }

  /** Matches a request. A path that exists for other methods only is told apart from one that is unknown. */
  match(method: string, pathname: string): Match<Target> {
    const path = collapseSlashes(pathname);
    const others: { entry: Entry<Target>; params: Record<string, string> }[] = [];
    for (const { entry, params } of this.#candidates(path)) {
      const target = findTarget(entry, method);
      if (target !== undefined) return { type: "found", route: entry.route, params, target };
      others.push({ entry, params });
    }
    const first = others[0];
    const nearest = first?.entry.methods.values().next();
    if (!first || !nearest || nearest.done) return { type: "none" };
    return {
      type: "method",
      route: first.entry.route,
      params: first.params,
      allowed: allowedMethods(others.map(({ entry }) => entry)),
      nearest: nearest.value,
    };
  }

  *#candidates(path: string): Generator<{ entry: Entry<Target>; params: Record<string, string> }> {
    const exact = this.#exact.get(withoutTrailingSlash(path));
    if (exact) yield { entry: exact, params: {} };
    for (const entry of this.#patterns) {
      if (!path.startsWith(entry.prefix)) continue;
      const found = entry.pattern?.exec({ pathname: path });
      if (found) yield { entry, params: decodeParams(found.pathname.groups) };
    }
  }
}

/** Without its last slash, which an optional group may own: `/old/:path*` matches `/old`. */
function literalPrefix(route: string): string {
  const literal = /^[\w./~-]*/.exec(route)?.[0] ?? "";
  return literal.slice(0, literal.lastIndexOf("/"));
}

function findTarget<Target>(entry: Entry<Target>, method: string): Target | undefined {
  const target = entry.methods.get(method as Method);
  return target === undefined && method === "HEAD" ? entry.methods.get("GET") : target;
}

function allowedMethods<Target>(entries: Entry<Target>[]): Method[] {
  return METHODS.filter((method) =>
    method === "OPTIONS" || entries.some((entry) => findTarget(entry, method) !== undefined)
  );
}

/** `decodeURI` and not `decodeURIComponent`: an encoded slash must not become a separator. */
function decodeParams(groups: Record<string, string | undefined>): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [name, value] of Object.entries(groups)) params[name] = decodeParam(value ?? "");
  return params;
}

function decodeParam(value: string): string {
  try {
    return decodeURI(value);
  } catch (error) {
    if (error instanceof URIError) return value;
    throw error;
  }
}
