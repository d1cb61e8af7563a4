import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import {
  type FileEntry,
  fileTree,
  type TreeNode,
  visibleNodes,
} from "../../../lib/client/studio/file_tree.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";
import { useProject } from "../context.ts";
import { fileIconOf, fileStateText } from "../version_words.ts";

/** The files of the version that is shown, as a tree that is walked by the arrow keys. */
export function FileTree() {
  const { code, layout, t } = useProject();
  const open = (path: string) => {
    code.open(path);
    layout.fileChosen();
  };
  const files = code.files.value;
  const nodes = useMemo(() => fileTree(files), [files]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [focused, setFocused] = useState<string | null>(null);
  const list = useRef<HTMLDivElement>(null);
  const openPath = code.openPath.value;
  useEffect(() => {
    const item = list.current?.querySelector("[aria-selected=true]");
    item?.scrollIntoView({ block: "nearest" });
  }, [openPath]);
  const lines = visibleNodes(nodes, (path) => closed.has(path));
  const keys = lines.map(({ node }) => keyOf(node));
  const openKey = openPath === null ? undefined : `file:${openPath}`;
  const tabStop = [focused, openKey].find((key) => key && keys.includes(key)) ?? keys[0];
  const toggle = (path: string) => {
    const next = new Set(closed);
    if (!next.delete(path)) next.add(path);
    setClosed(next);
  };
  const focus = (index: number) => {
    const items = list.current?.querySelectorAll<HTMLElement>("[role=treeitem]");
    items?.[Math.min(Math.max(index, 0), lines.length - 1)]?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const at = keys.indexOf(tabStop ?? "");
    const node = lines[at]?.node;
    if (!node || !press(event.key, node, at)) return;
    event.preventDefault();
  };
  const press = (key: string, node: TreeNode, at: number): boolean => {
    const isClosed = node.type === "folder" && closed.has(node.path);
    if (key === "ArrowDown") focus(at + 1);
    else if (key === "ArrowUp") focus(at - 1);
    else if (key === "Home") focus(0);
    else if (key === "End") focus(lines.length - 1);
    else if (key === "ArrowRight" && node.type === "folder") isClosed ? toggle(node.path) : focus(at + 1);
    else if (key === "ArrowLeft" && node.type === "folder" && !isClosed) toggle(node.path);
    else if (key === "ArrowLeft") focus(parentIndex(lines, at));
    else if (key === "Enter" || key === " ") {
      node.type === "folder" ? toggle(node.path) : open(node.file.path);
    } else return false;
    return true;
  };
  return (
    <div
      ref={list}
      class="file-tree"
      role="tree"
      aria-label={t("studio.files")}
      onKeyDown={onKeyDown}
    >
      {lines.map(({ node, level }) => (
        <TreeLine
          key={keyOf(node)}
          node={node}
          level={level}
          isOpen={node.type === "folder" ? !closed.has(node.path) : keyOf(node) === openKey}
          isTabStop={keyOf(node) === tabStop}
          onFocus={() => setFocused(keyOf(node))}
          onToggle={toggle}
          onOpen={open}
        />
      ))}
    </div>
  );
}

function keyOf(node: TreeNode): string {
  return node.type === "folder" ? `folder:${node.path}` : `file:${node.file.path}`;
}

function parentIndex(lines: readonly { level: number }[], at: number): number {
  const level = lines[at]?.level ?? 1;
  for (let i = at - 1; i >= 0; i--) if ((lines[i]?.level ?? 0) < level) return i;
  return at;
}

function TreeLine({ node, level, isOpen, isTabStop, onFocus, onToggle, onOpen }: {
  node: TreeNode;
  level: number;
  isOpen: boolean;
  isTabStop: boolean;
  onFocus: () => void;
  onToggle: (path: string) => void;
  onOpen: (path: string) => void;
}) {
  const shared = {
    role: "treeitem" as const,
    "aria-level": level,
    tabIndex: isTabStop ? 0 : -1,
    onFocus,
    style: { "--level": level },
  };
  if (node.type === "folder") {
    return (
      <div
        {...shared}
        class="tree-line"
        aria-expanded={ariaState(isOpen)}
        onClick={() => onToggle(node.path)}
      >
        <Icon
          name="chevron-right"
          class={isOpen ? "tree-line__arrow tree-line__arrow--open" : "tree-line__arrow"}
        />
        <Icon name={isOpen ? "folder-open" : "folder"} />
        <span class="tree-line__name truncate">{node.name}</span>
      </div>
    );
  }
  const { file } = node;
  return (
    <div
      {...shared}
      class={`tree-line tree-line--file tree-line--${file.state}`}
      aria-selected={ariaState(isOpen)}
      onClick={() => onOpen(file.path)}
    >
      <Icon name={fileIconOf(file.path)} />
      <span class="tree-line__name truncate" title={file.path}>{node.name}</span>
      <FileSigns file={file} />
    </div>
  );
}

/** What became of a file, as a letter, and whether it is locked, edited, or has problems. */
function FileSigns({ file }: { file: FileEntry }) {
  const { code, actions, t } = useProject();
  const state = fileStateText(file.state);
  const problems = code.problems.value.get(file.path)?.length ?? 0;
  const lock = t(file.locked ? "studio.unlock" : "studio.lock");
  return (
    <span class="tree-line__signs">
      {problems > 0 && (
        <span class="tree-line__problems" title={t("studio.problems", { count: problems })}>
          {problems}
          <span class="visually-hidden">{t("studio.problemsWord")}</span>
        </span>
      )}
      {file.edited && <span class="tree-line__edited" title={t("studio.file.edited")} />}
      {file.state === "generating" ? <Icon name="loader-circle" class="spin" /> : state && (
        <span
          class={`tree-line__state tree-line__state--${file.state}`}
          title={t(state)}
          aria-hidden="true"
        >
          {LETTERS[file.state]}
        </span>
      )}
      {state && <span class="visually-hidden">{t(state)}</span>}
      <button
        type="button"
        class={file.locked ? "tree-line__lock tree-line__lock--on" : "tree-line__lock"}
        tabIndex={-1}
        title={lock}
        aria-label={`${lock}: ${file.path}`}
        aria-pressed={ariaState(file.locked)}
        onClick={(event) => {
          event.stopPropagation();
          actions.toggleLock(file.path);
        }}
      >
        <Icon name={file.locked ? "lock" : "lock-open"} />
      </button>
    </span>
  );
}

const LETTERS: Readonly<Record<FileEntry["state"], string>> = {
  same: "",
  created: "A",
  modified: "M",
  deleted: "D",
  generating: "",
  dropped: "!",
};
