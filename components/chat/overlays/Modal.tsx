import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { usePage } from "../context.ts";

/** A modal dialog of the browser's own: it keeps the focus inside and closes on Escape. */
export function Modal({ label, class: classes, children }: {
  label: string;
  class: string;
  children: ComponentChildren;
}) {
  const { overlay } = usePage();
  const dialog = useRef<HTMLDialogElement>(null);
  // Before the next key is pressed, not after the next paint.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class={`modal ${classes}`}
      aria-label={label}
      onClose={({ currentTarget }) => {
        // One that made room for another tells of its closing late.
        if (currentTarget.isConnected) overlay.value = null;
      }}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      {children}
    </dialog>
  );
}
