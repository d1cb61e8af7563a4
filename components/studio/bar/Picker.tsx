import type { ComponentChildren } from "preact";
import { useId, useRef, useState } from "preact/hooks";
import { placePopover } from "../../../lib/client/popover.ts";
import { ariaState } from "../../aria.ts";
import { Icon } from "../../Icon.tsx";

/** A button that opens a list to choose from; the browser closes it on a click beside it and on Escape. */
export function Picker({ label, class: classes, value, children }: {
  label: string;
  class: string;
  /** What the button shows. */
  value: ComponentChildren;
  /** Buttons of the role `option`; each closes the list. */
  children: ComponentChildren;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        class={`picker needs-script ${classes}`}
        aria-haspopup="listbox"
        aria-expanded={ariaState(open)}
        popovertarget={id}
      >
        <span class="visually-hidden">{label}</span>
        {value}
        <Icon name="chevron-down" class="picker__arrow" />
      </button>
      <div
        ref={list}
        id={id}
        class="popover picker__list"
        popover="auto"
        role="listbox"
        aria-label={label}
        onBeforeToggle={(event) => event.newState === "open" && setOpen(true)}
        onToggle={(event) => {
          if (event.newState === "closed") setOpen(false);
          if (event.newState !== "open" || !button.current) return;
          placePopover(event.currentTarget, button.current, "end");
          const all = options(event.currentTarget);
          (all.find((option) => option.ariaSelected === "true") ?? all[0])?.focus();
        }}
        onClick={() => list.current?.hidePopover()}
        onKeyDown={moveFocus}
      >
        {open && children}
      </div>
    </>
  );
}

function options(list: HTMLElement): HTMLElement[] {
  return Array.from(list.querySelectorAll<HTMLElement>("[role=option]"));
}

function moveFocus(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const all = options(event.currentTarget);
  const at = all.findIndex((option) => option === document.activeElement);
  const to: Record<string, number> = {
    ArrowDown: (at + 1) % all.length,
    ArrowUp: (at - 1 + all.length) % all.length,
    Home: 0,
    End: all.length - 1,
  };
  const next = to[event.key];
  if (next === undefined) return;
  event.preventDefault();
  all[next]?.focus();
}
