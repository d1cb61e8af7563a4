import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

/** A part beside or below the terminal that folds away; where there is little room it begins folded. */
export function Fold({ title, children, isOpen: beginsOpen = true }: {
  title: string;
  children: ComponentChildren;
  isOpen?: boolean;
}) {
  const [isOpen, setOpen] = useState(beginsOpen);
  useEffect(() => {
    if (matchMedia("(max-width: 1023.98px)").matches) setOpen(false);
  }, []);
  return (
    <details class="terminal-fold" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="terminal-fold__summary">
        <h2>{title}</h2>
      </summary>
      <div class="terminal-fold__body">{children}</div>
    </details>
  );
}
