import { join } from "node:path";
import { localPrincipal } from "../access/mod.ts";
import { systemClock } from "../host/mod.ts";
import type { FileFolder } from "../shared/mod.ts";
import { openStore, type Store } from "../store/mod.ts";
import { Files } from "./files.ts";
import { Folders } from "./folders.ts";
import type { Root } from "./path_guard.ts";
import { Trash } from "./trash.ts";
import type { Rename } from "./transfer.ts";

/** A folder that was added, with secrets around it, all in a place of its own that goes away with it. */
export class TestFolder implements AsyncDisposable {
  /** Holds everything; resolved. */
  readonly top: string;
  /** The folder that was added. */
  readonly path: string;
  /** Beside it: what is never to be touched. */
  readonly outside: string;
  readonly data: string;
  readonly store: Store;
  readonly folders: Folders;
  readonly trash: Trash;
  readonly files: Files;
  folder: FileFolder | undefined;

  private constructor(top: string, store: Store, rename: Rename | undefined) {
    this.top = top;
    this.path = join(top, "added");
    this.outside = join(top, "outside");
    this.data = join(top, "data");
    this.store = store;
    const clock = systemClock;
    this.folders = new Folders({ store, clock, dataFolder: this.data, home: join(top, "home") });
    this.trash = new Trash({
      store,
      clock,
      folders: this.folders,
      directory: join(this.data, "trash"),
      ...(rename ? { rename } : {}),
    });
    this.files = new Files({
      folders: this.folders,
      trash: this.trash,
      clock,
      readDocument: () => Promise.resolve({ kind: "pdf", text: "the text of a PDF" }),
    });
  }

  static async make(options: { rename?: Rename } = {}): Promise<TestFolder> {
    const top = await Deno.realPath(await Deno.makeTempDir({ prefix: "freshet-files-" }));
    const made = new TestFolder(top, await openStore({ folder: ":memory:" }), options.rename);
    for (const name of ["added", "outside", "data", "home"]) await Deno.mkdir(join(top, name));
    await Deno.writeTextFile(join(made.outside, "secret.txt"), "secret");
    made.folder = await made.folders.add(localPrincipal, { path: made.path });
    return made;
  }

  get id(): string {
    return this.folder?.id ?? "";
  }

  get root(): Root {
    return { path: this.path, closed: [this.data] };
  }

  /** Writes a file below the folder, with the folders on the way. */
  async put(path: string, text: string | Uint8Array): Promise<void> {
    const target = join(this.path, ...path.split("/"));
    await Deno.mkdir(join(target, ".."), { recursive: true });
    if (typeof text === "string") await Deno.writeTextFile(target, text);
    else await Deno.writeFile(target, text);
  }

  /** Every path below a directory with what it is: a file's text, a link's target. */
  async tree(directory: string = this.path, prefix = ""): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for await (const { name, isDirectory, isSymlink } of Deno.readDir(directory)) {
      const path = join(directory, name);
      if (isSymlink) found[prefix + name] = `→ ${await Deno.readLink(path)}`;
      else if (isDirectory) {
        Object.assign(found, { [prefix + name]: "/" }, await this.tree(path, `${prefix}${name}/`));
      } else found[prefix + name] = await Deno.readTextFile(path);
    }
    return found;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.store.close();
    await Deno.remove(this.top, { recursive: true });
  }
}

/** A body with this content. */
export function bodyOf(content: string | Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  const { body } = new Response(content);
  if (!body) throw new Error("Cannot make a body of nothing");
  return body;
}
