/** What became of a file in the version that is shown. */
export type FileState = "same" | "created" | "modified" | "deleted" | "generating" | "dropped";

/** A file in the list. */
export interface FileEntry {
  path: string;
  state: FileState;
  /** Whether there are edits that are not saved. */
  edited: boolean;
  locked: boolean;
}

/** A line of the file tree: a folder with the folders and files in it, or a file. */
export type TreeNode =
  | { type: "folder"; name: string; path: string; children: TreeNode[] }
  | { type: "file"; name: string; file: FileEntry };

/** The files as a tree: folders first, both by name; folders that hold nothing but one folder are one line. */
export function fileTree(files: readonly FileEntry[]): TreeNode[] {
  const root: TreeNode[] = [];
  for (const file of files) {
    const parts = file.path.split("/");
    const name = parts.pop() ?? file.path;
    let level = root;
    let path = "";
    for (const part of parts) {
      path = path === "" ? part : `${path}/${part}`;
      level = childrenOf(level, part, path);
    }
    level.push({ type: "file", name, file });
  }
  return sorted(root).map(joined);
}

/** The lines of a tree in the order in which they are shown, without what closed folders hold. */
export function visibleNodes(
  nodes: readonly TreeNode[],
  isClosed: (path: string) => boolean,
  level = 1,
): { node: TreeNode; level: number }[] {
  return nodes.flatMap((node) => [
    { node, level },
    ...(node.type === "folder" && !isClosed(node.path)
      ? visibleNodes(node.children, isClosed, level + 1)
      : []),
  ]);
}

function childrenOf(level: TreeNode[], name: string, path: string): TreeNode[] {
  for (const node of level) if (node.type === "folder" && node.name === name) return node.children;
  const children: TreeNode[] = [];
  level.push({ type: "folder", name, path, children });
  return children;
}

function sorted(nodes: TreeNode[]): TreeNode[] {
  for (const node of nodes) if (node.type === "folder") sorted(node.children);
  return nodes.sort((a, b) =>
    a.type === b.type ? a.name.localeCompare(b.name, "en") : a.type === "folder" ? -1 : 1
  );
}

function joined(node: TreeNode): TreeNode {
  if (node.type === "file") return node;
  const [only] = node.children;
  if (node.children.length === 1 && only?.type === "folder") {
    return joined({ ...only, name: `${node.name}/${only.name}` });
  }
  return { ...node, children: node.children.map(joined) };
}
