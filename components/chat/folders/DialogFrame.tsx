import type { ComponentChildren } from "preact";
import { Modal } from "../overlays/Modal.tsx";

/** A dialog with a title. */
export function DialogFrame({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <Modal label={title} class="modal--organise">
      <div class="organise">
        <h2 class="organise__title">{title}</h2>
        {children}
      </div>
    </Modal>
  );
}
