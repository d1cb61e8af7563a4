/** From here on details stand beside what they belong to; below they lie over it. */
const BESIDE = "(min-width: 1024px)";

/**
 * Opens a dialog with details as the width asks for, and again when that changes; returns what ends that. `title` is focused
 * where something else has had the focus: of itself the dialog would focus its first button, and the page would jump there.
 */
export function showBeside(dialog: HTMLDialogElement, title: string): () => void {
  const beside = matchMedia(BESIDE);
  const show = () => {
    if (dialog.open) dialog.close();
    if (beside.matches) dialog.setAttribute("open", "");
    else dialog.showModal();
    if (document.activeElement !== document.body) {
      dialog.querySelector<HTMLElement>(title)?.focus({ preventScroll: beside.matches });
    }
  };
  show();
  beside.addEventListener("change", show);
  return () => {
    beside.removeEventListener("change", show);
    if (dialog.open) dialog.close();
  };
}
