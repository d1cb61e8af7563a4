import { createHash } from "node:crypto";
import { Digest } from "../digest_value.ts";
import { type TreeManifest, treeNames } from "../format.ts";
import { damaged } from "../lines.ts";
import { linesOf } from "../read_lines.ts";
import { TarReader } from "./tar.ts";
import { entryDigest, type IndexLine, parseIndexLine, type TreeEntry, TreeOrder } from "./tree_index.ts";

/** A file or folder of an archive, with the content of a file, which is checked when its end is read. */
export interface ReadEntry {
  entry: TreeEntry;
  content: AsyncIterable<Uint8Array>;
}

/** What reads an entry of the archive by its name. */
export type Contents = (name: string) => AsyncIterable<Uint8Array>;

/**
 * The entries of a tree, a folder before what is in it, each checked by itself, and all of them against the manifest when the
 * last was taken. The index and the tar are read side by side, so nothing is kept of what has passed.
 */
export async function* readTree(
  tree: TreeManifest,
  contents: Contents,
): AsyncGenerator<ReadEntry, void, undefined> {
  const names = treeNames(tree);
  const tar = new TarReader(names.tar, limited(names.tar, contents(names.tar), tree.tarBytes));
  const order = new TreeOrder(names.index);
  const sums = { files: 0, folders: 0, bytes: 0 };
  const digest = new Digest();
  try {
    for await (const text of linesOf(names.index, contents(names.index), tree.indexBytes)) {
      const line = parseIndexLine(names.index, text);
      if (line.kind === "left out") continue;
      const content = tar.content(await sizeInTar(tar, names.tar, line));
      if (line.kind === "superseded") {
        await drain(content);
        continue;
      }
      order.next(line);
      digest.add(entryDigest(line));
      if (line.kind === "folder") sums.folders++;
      else {
        sums.files++;
        sums.bytes += line.size;
      }
      const checked = line.kind === "folder" ? content : checkedContent(names.tar, line, content);
      yield { entry: line, content: checked };
      await drain(checked);
    }
    await tar.end();
  } finally {
    await tar.close();
  }
  const isSame = digest.value().sha256 === tree.sha256 && sums.files === tree.files &&
    sums.folders === tree.folders && sums.bytes === tree.bytes;
  if (!isSame) throw damaged(names.index, "the content is not what its list of contents says");
}

async function sizeInTar(
  tar: TarReader,
  part: string,
  line: Exclude<IndexLine, { kind: "left out" }>,
): Promise<number> {
  const head = await tar.head();
  const size = line.kind === "folder" ? 0 : line.size;
  const kind = line.kind === "folder" ? "folder" : "file";
  if (head?.path === line.path && head.kind === kind && head.size === size) return size;
  throw damaged(part, `${JSON.stringify(line.path)} is not where its index says`);
}

async function* checkedContent(
  part: string,
  { path, sha256 }: Extract<TreeEntry, { kind: "file" }>,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash("sha256");
  for await (const chunk of content) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest("hex") !== sha256) {
    throw damaged(part, `${JSON.stringify(path)} is not what its hash says`);
  }
}

async function* limited(
  part: string,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw damaged(part, "there is more than its list of contents says");
    yield chunk;
  }
}

async function drain(content: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of content);
}
