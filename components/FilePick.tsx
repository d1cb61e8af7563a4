import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { Icon, type IconName } from "./Icon.tsx";

/** A button that lets files be chosen; the same ones may be chosen again. */
export function FilePick({ label, icon, accept, class: classes = "icon-button", children, onChoose }: {
  label: string;
  icon: IconName;
  /** What is offered, as of a file input. */
  accept: string;
  class?: string;
  /** What stands beside the icon. */
  children?: ComponentChildren;
  onChoose: (files: File[]) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class={`${classes} needs-script`}
        title={label}
        aria-label={label}
        onClick={() => input.current?.click()}
      >
        <Icon name={icon} />
        {children}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={accept}
        aria-label={label}
        onChange={({ currentTarget }) => {
          onChoose(Array.from(currentTarget.files ?? []));
          currentTarget.value = "";
        }}
      />
    </>
  );
}
