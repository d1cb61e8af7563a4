import type { ImportedMessage } from "./imported_chat.ts";

/** What a message of another program comes to. */
export type SourceMessage =
  & Pick<ImportedMessage, "role" | "text">
  & Partial<Pick<ImportedMessage, "reasoning" | "model" | "status" | "usage" | "createdAt">>;

/** A place in the tree of another program; null for what is no message here. */
export interface SourceNode {
  id: string;
  parentId: string | null;
  message: SourceMessage | null;
}

/** The messages of a tree in the order of their parents. */
export interface SourceTree {
  messages: ImportedMessage[];
  activeLeafId: string | null;
  /** Messages that hang in a circle, and so on nothing. */
  detached: number;
}

/**
 * Makes a tree of messages out of another program's: what is left out is bridged, parts of one answer that follow one another
 * become one message, and what names a parent that is not there begins a branch of its own. Circles are left out.
 */
export function sourceTree(nodes: SourceNode[], currentId: string | null, startedAt: number): SourceTree {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parentOf = ({ id, parentId }: SourceNode) =>
    parentId !== null && parentId !== id && byId.has(parentId) ? parentId : null;
  const children = Map.groupBy(byId.values(), parentOf);
  const messages = new Map<string, ImportedMessage>();
  /** The message that a place in the tree came to, or that stands above it. */
  const placeOf = new Map<string, string | null>();
  /** Whether no branch lies between the message above and what comes next. */
  const isStraight = new Map<string, boolean>();
  const queue = [...children.get(null) ?? []];
  for (let i = 0; i < queue.length; i++) {
    const node = queue[i];
    if (!node) continue;
    for (const child of children.get(node.id) ?? []) queue.push(child);
    const parentId = parentOf(node);
    const above = parentId === null ? null : placeOf.get(parentId) ?? null;
    const straight = parentId !== null && children.get(parentId)?.length === 1 &&
      (isStraight.get(parentId) ?? true);
    if (node.message === null) {
      placeOf.set(node.id, above);
      isStraight.set(node.id, straight);
      continue;
    }
    const before = above === null ? undefined : messages.get(above);
    if (before?.role === "assistant" && node.message.role === "assistant" && straight) {
      join(before, node.message);
      placeOf.set(node.id, above);
      continue;
    }
    const { createdAt = before?.createdAt ?? startedAt, ...rest } = node.message;
    messages.set(node.id, { status: "complete", ...rest, id: node.id, parentId: above, createdAt });
    placeOf.set(node.id, node.id);
  }
  const detached = nodes.filter(({ id, message }) => message !== null && !placeOf.has(id)).length;
  const kept = [...messages.values()].filter(({ text, reasoning }) => text !== "" || reasoning !== undefined);
  const activeLeafId = (currentId === null ? null : placeOf.get(currentId)) ?? lastLeaf(kept);
  return { ...withoutEmpty([...messages.values()], kept, activeLeafId), detached };
}

/** Messages that came to nothing are bridged too. */
function withoutEmpty(all: ImportedMessage[], kept: ImportedMessage[], leafId: string | null) {
  const keptIds = new Set(kept.map(({ id }) => id));
  const parents = new Map(all.map(({ id, parentId }) => [id, parentId]));
  const nearest = (id: string | null): string | null => {
    let at = id;
    while (at !== null && !keptIds.has(at)) at = parents.get(at) ?? null;
    return at;
  };
  return {
    messages: kept.map((message) => ({ ...message, parentId: nearest(message.parentId) })),
    activeLeafId: nearest(leafId),
  };
}

function join(message: ImportedMessage, next: SourceMessage): void {
  message.text = joinTexts(message.text, next.text);
  if (next.reasoning !== undefined) message.reasoning = joinTexts(message.reasoning ?? "", next.reasoning);
  if (next.model !== undefined) message.model = next.model;
}

function joinTexts(a: string, b: string): string {
  return a === "" || b === "" ? a + b : `${a}\n\n${b}`;
}

function lastLeaf(messages: ImportedMessage[]): string | null {
  const parents = new Set(messages.map(({ parentId }) => parentId));
  return messages.findLast(({ id }) => !parents.has(id))?.id ?? null;
}
