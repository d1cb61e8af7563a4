/** What follows another. */
export interface Linked {
  id: string;
  parentId: string | null;
}

/** The messages that can be reached from the beginning, every parent before its children. Their ids have to be unique. */
export function parentsFirst<T extends Linked>(messages: T[]): T[] {
  const byParent = Map.groupBy(messages, ({ parentId }) => parentId);
  const sorted: T[] = [...byParent.get(null) ?? []];
  for (let i = 0; i < sorted.length; i++) {
    for (const child of byParent.get(sorted[i]?.id ?? "") ?? []) sorted.push(child);
  }
  return sorted;
}
