import { useEffect, useRef } from "preact/hooks";
import { useProjects } from "./context.ts";

/** Gives a project another name: Enter and leaving the field save it, Escape does not. */
export function ProjectNameField({ name, onRename, onDone }: {
  name: string;
  onRename: (name: string) => void;
  onDone: () => void;
}) {
  const { t } = useProjects();
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    // The menu that asked for this gives the focus back first.
    const frame = requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.select();
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  const end = (wanted?: string) => {
    // A field that goes away loses the focus too.
    if (isDone.current) return;
    isDone.current = true;
    if (wanted !== undefined) onRename(wanted);
    onDone();
  };
  return (
    <input
      ref={field}
      class="field__control project__field"
      aria-label={t("projects.rename")}
      defaultValue={name}
      maxLength={100}
      autocomplete="off"
      onBlur={(event) => end(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") end(event.currentTarget.value);
        if (event.key !== "Escape") return;
        event.stopPropagation();
        end();
      }}
    />
  );
}
