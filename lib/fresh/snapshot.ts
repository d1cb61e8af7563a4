import type { Mode } from "./config.ts";

/** The content of a file. */
export interface FileContent {
  body: ReadableStream<Uint8Array> | Uint8Array<ArrayBuffer>;
  /** Bytes. */
  size: number;
}

/** A file that `staticFiles()` serves. */
export interface StaticFile {
  /** Hash of the content: the ETag, and what tells whether a cached copy is stale. */
  hash: string;
  contentType: string;
  /** Whether the name changes with the content, so that it may be cached for good. */
  immutable: boolean;
  /** Bytes. */
  size: number;
  /** Reads the file, from memory or disk, as it is now. */
  open(): Promise<FileContent>;
}

/** A bundle for the browser. */
export interface ClientModule {
  /** File name below `/_fresh/js/BUILD_ID/`. */
  file: string;
  /** The files that it imports, directly or not: worth loading with it. */
  imports: string[];
  /** What the file calls an export, where it has another name there. */
  names?: Record<string, string>;
}

/** A module of islands: every exported function is one. */
export interface IslandModule {
  client: ClientModule;
  exports: Record<string, unknown>;
}

/** A file of the routes folder. Route modules load when they are first requested, all others with the app. */
export interface RouteFile {
  /** Path below the routes folder with slashes and without the extension: `blog/[id]`. */
  path: string;
  module: RouteModule | (() => Promise<RouteModule>);
}

/** The exports of a file of the routes folder. */
export type RouteModule = Record<string, unknown>;

/** The bundles of the framework's own client code, each loaded only by pages that need it. */
export interface ClientRuntime {
  /** Revives islands. */
  islands: ClientModule;
  /** Revives signals in the props of islands. */
  signals: ClientModule;
  /** Partials and client navigation. */
  navigation: ClientModule;
}

/** What a build gives to an app. */
export interface Snapshot {
  /** Absolute path of the project's directory. */
  root: string;
  mode: Mode;
  buildId: string;
  runtime: ClientRuntime;
  islands: IslandModule[];
  routes: RouteFile[];
  /** By path from the root of the site: `/css/main.css`. */
  staticFiles: Map<string, StaticFile>;
  /** Address of a script that every page gets while the app is being developed. */
  developmentScript?: string;
}

const snapshots = new WeakMap<object, Snapshot>();

/** Gives a build to an app: its file routes, islands and static files. */
export function attachSnapshot(app: object, snapshot: Snapshot): void {
  snapshots.set(app, snapshot);
}

/** The build of an app; null while none is attached. */
export function snapshotOf(app: object): Snapshot | null {
  return snapshots.get(app) ?? null;
}
