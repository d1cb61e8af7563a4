import { useEffect, useId, useRef, useState } from "preact/hooks";
import { FreshetError } from "../../lib/shared/mod.ts";
import { newFileName } from "../../lib/shared/files/mod.ts";
import { Icon } from "../Icon.tsx";
import { FormDialog } from "./FormDialog.tsx";

/** Asks for a name, until it is one that can be had. */
export function NameDialog({ title, label, value, confirm, onConfirm, onClose }: {
  title: string;
  label: string;
  value: string;
  confirm: string;
  /** Throws a `FreshetError` where the name cannot be had. */
  onConfirm: (name: string) => Promise<void>;
  onClose: () => void;
}) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    const dot = value.lastIndexOf(".");
    // The ending mostly stays.
    field.current?.setSelectionRange(0, dot > 0 ? dot : value.length);
  }, []);
  const [isBusy, setBusy] = useState(false);
  const submit = async () => {
    setBusy(true);
    try {
      await onConfirm(newFileName(field.current?.value.trim() ?? ""));
      onClose();
    } catch (error) {
      if (!(error instanceof FreshetError)) throw error;
      setProblem(error.message);
    } finally {
      setBusy(false);
    }
  };
  return (
    <FormDialog
      title={title}
      confirm={confirm}
      isBusy={isBusy}
      onConfirm={() => void submit()}
      onClose={onClose}
    >
      <div class="field">
        <label class="field__label" for={`${id}-name`}>{label}</label>
        <input
          ref={field}
          id={`${id}-name`}
          data-first
          class="field__control"
          defaultValue={value}
          maxLength={255}
          required
          autocomplete="off"
          spellcheck={false}
          aria-invalid={problem ? "true" : undefined}
          aria-describedby={problem ? `${id}-problem` : undefined}
          onInput={() => setProblem(null)}
        />
        {problem && (
          <p id={`${id}-problem`} class="field__problem" role="alert">
            <Icon name="circle-alert" />
            {problem}
          </p>
        )}
      </div>
    </FormDialog>
  );
}
