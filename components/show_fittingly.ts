/** From here on details stand beside what they are about; below they lie over it. */
const BESIDE = "(min-width: 1024px)";

/**
 * Opens a dialog of details as the width asks for, beside the page or modal over it, and again when that changes. The focus
 * goes to the heading `titleId` where it was anywhere. Returns what ends that.
 */
export function showFittingly(dialog: HTMLDialogElement, titleId: string): () => void {
  const beside = matchMedia(BESIDE);
  const show = () => {
    if (dialog.open) dialog.close();
    // Of itself it would focus its first button, and the page would jump there.
    if (beside.matches) dialog.setAttribute("open", "");
    else dialog.showModal();
    if (document.activeElement !== document.body) {
      dialog.querySelector<HTMLElement>(`#${titleId}`)?.focus({ preventScroll: beside.matches });
    }
  };
  show();
  beside.addEventListener("change", show);
  return () => {
    beside.removeEventListener("change", show);
    if (dialog.open) dialog.close();
  };
}
