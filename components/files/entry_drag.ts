/** Entries that are dragged within the page, to be moved to where they are dropped. */
const TYPE = "application/x-freshet-entries";

/** Begins to drag entries of the folder. */
export function dragNames(event: DragEvent, names: readonly string[]): void {
  event.dataTransfer?.setData(TYPE, JSON.stringify(names));
  if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
}

/** Says that entries may be dropped here. */
export function takesNames(event: DragEvent): void {
  if (event.dataTransfer?.types.includes(TYPE)) event.preventDefault();
}

/** The entries that were dropped, or undefined where it was something else. */
export function droppedNames(event: DragEvent): string[] | undefined {
  const data = event.dataTransfer?.getData(TYPE);
  if (!data) return undefined;
  event.preventDefault();
  event.stopPropagation();
  return JSON.parse(data) as string[];
}
