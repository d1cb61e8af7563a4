import { useEffect, useRef } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";

/**
 * Asks before something that cannot be undone. A form of its own, so that a page that was rendered with it open works
 * without a script too: Cancel is a link, yes is a post.
 */
export function ConfirmDialog(
  { title, text, confirm, cancel, cancelHref, action, fields, onConfirm, onCancel }: {
    title: string;
    text: string;
    /** What the button says that does it. */
    confirm: string;
    cancel: string;
    /** The page without the question. */
    cancelHref: string;
    /** Where the form is posted, with `fields`. */
    action: string;
    fields: Record<string, string>;
    onConfirm: () => void;
    onCancel: () => void;
  },
) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    // Without the attribute of the server's rendering it can become a modal one, which keeps the focus.
    element?.removeAttribute("open");
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      open={!IS_BROWSER}
      class="modal modal--confirm"
      aria-labelledby="confirm-title"
      aria-describedby="confirm-text"
      onCancel={(event) => {
        event.preventDefault();
        onCancel();
      }}
      onClick={(event) => event.target === dialog.current && onCancel()}
    >
      <form
        method="post"
        action={action}
        class="confirm"
        onSubmit={(event) => {
          event.preventDefault();
          onConfirm();
        }}
      >
        <h2 id="confirm-title" class="confirm__title">{title}</h2>
        <p id="confirm-text" class="muted">{text}</p>
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div class="confirm__buttons">
          <a
            class="button"
            href={cancelHref}
            autofocus
            onClick={(event) => {
              event.preventDefault();
              onCancel();
            }}
          >
            {cancel}
          </a>
          <button type="submit" class="button button--danger-solid">{confirm}</button>
        </div>
      </form>
    </dialog>
  );
}
