import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";

/** A part of the page that folds away; on phones it begins folded. */
export function FoldedPanel({ title, count, isBusy = false, children }: {
  title: string;
  count: number;
  /** Something in it wants to be seen. */
  isBusy?: boolean;
  children: ComponentChildren;
}) {
  const [isOpen, setOpen] = useState(true);
  useEffect(() => {
    if (matchMedia("(max-width: 767.98px)").matches) setOpen(isBusy);
  }, []);
  return (
    <details class="folded" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary class="folded__summary">
        <h2>{title}</h2>
        <span class="badge">{count}</span>
      </summary>
      <div class="folded__body">{children}</div>
    </details>
  );
}
