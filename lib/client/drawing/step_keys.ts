import type { Drawing } from "./drawing.ts";

/** Undo and redo by the keys that do it everywhere, while a drawing is shown; returns what ends that. */
export function listenToStepKeys(drawing: Drawing): () => void {
  const onKeyDown = (event: KeyboardEvent) => stepByKeys(event, drawing);
  document.addEventListener("keydown", onKeyDown);
  return () => document.removeEventListener("keydown", onKeyDown);
}

/** Not in the field of a text, which has its own. */
function stepByKeys(event: KeyboardEvent, drawing: Drawing): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  if (event.target instanceof HTMLInputElement && event.target.type === "text") return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  if (key === "y" || event.shiftKey) drawing.redo();
  else drawing.undo();
}
