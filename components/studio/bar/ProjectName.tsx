import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../../Icon.tsx";
import { useProject } from "../context.ts";

/** The project's name, which a click turns into a field: Enter and leaving it save, Escape does not. */
export function ProjectName() {
  const { project, actions, t } = useProject();
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { name } = project.value;
  if (editing) {
    const close = (saved?: string) => {
      setEditing(false);
      if (saved !== undefined) actions.rename(saved);
      requestAnimationFrame(() => button.current?.focus());
    };
    return <NameField name={name} label={t("studio.rename")} onDone={close} />;
  }
  return (
    <h1 class="project-bar__name">
      <button
        ref={button}
        type="button"
        class="project-bar__rename"
        title={t("studio.rename")}
        onClick={() => setEditing(true)}
      >
        <span class="truncate">{name}</span>
        <Icon name="pencil" class="needs-script" />
      </button>
    </h1>
  );
}

function NameField(
  { name, label, onDone }: { name: string; label: string; onDone: (saved?: string) => void },
) {
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const end = (saved?: string) => {
    // A field that goes away loses the focus too.
    if (isDone.current) return;
    isDone.current = true;
    onDone(saved);
  };
  return (
    <input
      ref={field}
      class="field__control project-bar__field"
      aria-label={label}
      defaultValue={name}
      maxLength={200}
      onBlur={(event) => end(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") end(event.currentTarget.value);
        if (event.key === "Escape") end();
      }}
    />
  );
}
