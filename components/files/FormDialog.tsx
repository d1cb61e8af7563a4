import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { useFiles } from "./context.ts";

/** A form over the page. Escape, Cancel and a click beside it close it. */
export function FormDialog({ title, confirm, isBusy = false, children, onConfirm, onClose }: {
  title: string;
  /** What the button says that does it. */
  confirm: string;
  isBusy?: boolean;
  children: ComponentChildren;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { t } = useFiles();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLInputElement>("[data-first]")?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="modal modal--confirm"
      aria-labelledby={id}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <form
        class="confirm"
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
        }}
      >
        <h2 id={id} class="confirm__title">{title}</h2>
        {children}
        <div class="confirm__buttons">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>{t("cancel")}</button>
          <button type="submit" class="button button--primary" disabled={isBusy}>{confirm}</button>
        </div>
      </form>
    </dialog>
  );
}
