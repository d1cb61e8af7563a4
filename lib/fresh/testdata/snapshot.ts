import type { RouteFile, Snapshot } from "../snapshot.ts";

/** A build that nobody made: what a test needs of routes and islands, without bundles. */
export function createSnapshot(
  parts: {
    routes?: Record<string, RouteFile["module"]>;
    islands?: Record<string, unknown>;
    buildId?: string;
  } = {},
): Snapshot {
  const bundle = (file: string) => ({ file, imports: [] });
  return {
    root: "/project",
    mode: "production",
    buildId: parts.buildId ?? "build1",
    runtime: {
      islands: bundle("islands.js"),
      signals: bundle("signals.js"),
      navigation: bundle("navigation.js"),
    },
    islands: [{ client: { file: "islands/test.js", imports: ["chunk.js"] }, exports: parts.islands ?? {} }],
    routes: Object.entries(parts.routes ?? {}).map(([path, module]) => ({ path, module })),
    staticFiles: new Map(),
  };
}
