import type { Mode } from "./config.ts";
import { contentTypeOf } from "./content_types.ts";
import type { ClientModule, ClientRuntime, StaticFile } from "./snapshot.ts";

/** A file that a build serves. */
export interface ServedFile {
  /** Path below `/_fresh/js/BUILD_ID/` for a bundle, below the root of the site for a static file. */
  path: string;
  hash: string;
  /** Bytes. */
  size: number;
}

/** What a build knows of itself, as plain data: it is written into `_fresh/server.js`. */
export interface BuildManifest {
  buildId: string;
  mode: Mode;
  runtime: ClientRuntime;
  islands: ClientModule[];
  bundles: ServedFile[];
  /** Where the static files are, below the root of the project. */
  staticDir: string;
  staticFiles: ServedFile[];
}

/** How the content of a file is read. */
export type FileReader = StaticFile["open"];

/** The files that a build serves, by their addresses. The readers are asked for the files by their paths. */
export function staticFilesOf(
  manifest: BuildManifest,
  readBundle: (path: string) => FileReader,
  readStatic: (path: string) => FileReader,
): Map<string, StaticFile> {
  const served = ({ path, hash, size }: ServedFile, immutable: boolean, open: FileReader): StaticFile => {
    return { hash, size, contentType: contentTypeOf(path), immutable, open };
  };
  return new Map([
    ...manifest.staticFiles.map((file) =>
      [`/${file.path}`, served(file, false, readStatic(file.path))] as const
    ),
    ...manifest.bundles.map((file) =>
      [`/_fresh/js/${manifest.buildId}/${file.path}`, served(file, true, readBundle(file.path))] as const
    ),
  ]);
}

/** Streams a file from disk. */
export function diskReader(path: string): FileReader {
  return async () => {
    const file = await Deno.open(path);
    const { size } = await file.stat();
    return { body: file.readable, size };
  };
}
