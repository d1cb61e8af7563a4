import { useEffect, useId, useRef } from "preact/hooks";
import { useProject } from "./context.ts";

/** Asks for one text. Escape and a click beside it close it. */
export function TextDialog(
  { title, label, value, confirm, maxLength, multiline = false, onConfirm, onClose }: {
    title: string;
    label: string;
    value: string;
    /** What the button says that does it. */
    confirm: string;
    maxLength: number;
    /** A text of several lines, which may be empty. */
    multiline?: boolean;
    onConfirm: (text: string) => void;
    onClose: () => void;
  },
) {
  const { t } = useProject();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    field.current?.select();
  }, []);
  const Field = multiline ? "textarea" : "input";
  return (
    <dialog
      ref={dialog}
      class="modal modal--confirm"
      aria-labelledby={`${id}-title`}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current?.close()}
    >
      <form
        class="confirm"
        onSubmit={(event) => {
          event.preventDefault();
          const text = field.current?.value ?? "";
          if (!multiline && text.trim() === "") return;
          onConfirm(text);
          dialog.current?.close();
        }}
      >
        <h2 id={`${id}-title`} class="confirm__title">{title}</h2>
        <div class="field">
          <label class="field__label" for={`${id}-field`}>{label}</label>
          <Field
            ref={field}
            id={`${id}-field`}
            class="field__control"
            defaultValue={value}
            maxLength={maxLength}
            required={!multiline}
          />
        </div>
        <div class="confirm__buttons">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>{t("cancel")}</button>
          <button type="submit" class="button button--primary">{confirm}</button>
        </div>
      </form>
    </dialog>
  );
}
