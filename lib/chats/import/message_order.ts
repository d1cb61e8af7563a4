import { FreshetError } from "../../shared/mod.ts";
import { type Linked, parentsFirst } from "../parents_first.ts";

/** Their ids have to fit into one record. */
const SIBLINGS_MAX = 1_000;

/** The messages, every parent before its children. Throws `invalid_request` where they form no tree, or too wide a one. */
export function treeOf<T extends Linked>(messages: T[]): T[] {
  const refuse = () => {
    return new FreshetError("invalid_request", "Cannot import the chat: its messages do not form a tree", {
      field: "messages",
      hint: `Every message follows another one of the chat, and at most ${SIBLINGS_MAX} follow the same one`,
    });
  };
  if (new Set(messages.map(({ id }) => id)).size < messages.length) throw refuse();
  const families = Map.groupBy(messages, ({ parentId }) => parentId);
  if (families.values().some(({ length }) => length > SIBLINGS_MAX)) throw refuse();
  const sorted = parentsFirst(messages);
  if (sorted.length < messages.length) throw refuse();
  return sorted;
}
