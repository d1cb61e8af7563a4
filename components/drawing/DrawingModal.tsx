import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";

/** The dialog that is drawn in. */
export function DrawingModal({ t, id, title, tools, children, onClose }: {
  t: Translate;
  /** Of the title's element. */
  id: string;
  title: string;
  /** What stands beside the title. */
  tools?: ComponentChildren;
  children: ComponentChildren;
  onClose: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    // The chosen pen, where there is one already.
    element?.querySelector<HTMLElement>("input:checked")?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="modal modal--drawing"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header class="drawing__head">
        <h2 id={id} class="panel__title">{title}</h2>
        {tools}
        <button
          type="button"
          class="icon-button"
          aria-label={t("close")}
          title={t("close")}
          onClick={onClose}
        >
          <Icon name="x" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
