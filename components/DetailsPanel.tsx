import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { IS_BROWSER } from "fresh/runtime";
import { Icon } from "./Icon.tsx";
import { showBeside } from "./show_beside.ts";

/** Details of one of many: beside the others, in a dialog over them, or in a sheet from below. Without a script it is just open. */
export function DetailsPanel({ id, title, closeLabel, closeHref, opener, onClose, children }: {
  /** Of the title. */
  id: string;
  title: string;
  closeLabel: string;
  /** Where the page without the details is. */
  closeHref: string;
  /** The id of what it was opened by, which has the focus afterwards. */
  opener: string;
  onClose: () => void;
  children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => {
    onClose();
    // The dialog goes with the next rendering, and the focus with it.
    requestAnimationFrame(() => document.getElementById(opener)?.focus());
  };
  useEffect(() => (dialog.current ? showBeside(dialog.current, `#${id}`) : undefined), []);
  return (
    <dialog
      ref={dialog}
      class="node-panel"
      open={!IS_BROWSER}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClick={(event) => event.target === dialog.current && dialog.current?.matches(":modal") && close()}
    >
      <div class="node-panel__body">
        <header class="node-panel__head">
          <h2 id={id} tabIndex={-1}>{title}</h2>
          <a
            class="icon-button"
            href={closeHref}
            aria-label={closeLabel}
            onClick={(event) => {
              event.preventDefault();
              close();
            }}
          >
            <Icon name="x" />
          </a>
        </header>
        {children}
      </div>
    </dialog>
  );
}
