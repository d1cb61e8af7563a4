import type { BranchMessage, MessagePage } from "../shared/mod.ts";

/** The loaded part of the active branch, oldest first, and the id above which there is more. */
export interface Branch {
  messages: readonly BranchMessage[];
  before: string | null;
}

/** The branch with its last page as the server now has it; earlier pages stay where they join, and what is unchanged stays the same object. */
export function withLastPage(branch: Branch, page: MessagePage): Branch {
  const known = new Map(branch.messages.map((message) => [message.id, message]));
  const fresh = page.messages.map((message) => keepSame(known.get(message.id), message));
  const first = page.messages[0];
  const join = first ? branch.messages.findIndex((message) => message.id === first.id) : -1;
  if (join < 0) return { messages: fresh, before: page.before };
  return {
    messages: [...branch.messages.slice(0, join), ...fresh],
    before: join === 0 ? page.before : branch.before,
  };
}

/** The branch with the page above it. */
export function withEarlierPage(branch: Branch, page: MessagePage): Branch {
  const known = new Set(branch.messages.map((message) => message.id));
  const earlier = page.messages.filter((message) => !known.has(message.id));
  return { messages: [...earlier, ...branch.messages], before: page.before };
}

/** Whether a turn follows what is loaded, or stands in its place. */
export function isJoined({ messages }: Branch, [first]: readonly BranchMessage[]): boolean {
  return !first || first.parentId === null ||
    messages.some(({ id }) => id === first.id || id === first.parentId);
}

/** The branch with a new turn in it: what followed its parent is on another branch now. */
export function withTurn(branch: Branch, turn: readonly BranchMessage[]): Branch {
  const first = turn[0];
  if (!first) return branch;
  const same = branch.messages.findIndex((message) => message.id === first.id);
  const parent = branch.messages.findIndex((message) => message.id === first.parentId);
  const kept = same >= 0 ? branch.messages.slice(0, same) : branch.messages.slice(0, parent + 1);
  return { ...branch, messages: [...kept, ...turn] };
}

/** The branch with one message changed. */
export function withMessage(branch: Branch, message: BranchMessage): Branch {
  return { ...branch, messages: branch.messages.map((old) => old.id === message.id ? message : old) };
}

function keepSame(old: BranchMessage | undefined, fresh: BranchMessage): BranchMessage {
  const unchanged = old && old.status === fresh.status && old.text === fresh.text &&
    old.siblings.index === fresh.siblings.index && old.siblings.ids.length === fresh.siblings.ids.length &&
    old.error?.message === fresh.error?.message;
  return unchanged ? old : fresh;
}
