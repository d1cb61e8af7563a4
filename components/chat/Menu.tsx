import { ariaState } from "../aria.ts";
import { type ComponentChildren, createContext } from "preact";
import { useContext, useId, useRef, useState } from "preact/hooks";
import { placePopover } from "../../lib/client/popover.ts";
import { Icon, type IconName } from "../Icon.tsx";

/**
 * True within what the browser renders anew once its code is loaded. Ids there must not count along with those of the rest, which
 * the browser counts without that part.
 */
export const RenderedAnew = createContext(false);

let ids = 0;

function useMenuId(): string {
  const isAnew = useContext(RenderedAnew);
  const [own] = useState(() => isAnew ? `menu-${++ids}` : "");
  // It is the same for a menu as long as that is there.
  return isAnew ? own : useId();
}

/** A button with a menu, whose items are there only while it is open; the browser closes it on a click beside it and on Escape. */
export function Menu({ label, icon, class: classes, hasText = false, children }: {
  label: string;
  icon: IconName;
  class: string;
  /** Whether the label is seen beside the icon. */
  hasText?: boolean;
  children: ComponentChildren;
}) {
  const id = useMenuId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        class={`${classes} needs-script`}
        title={hasText ? undefined : label}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={ariaState(open)}
        popovertarget={id}
      >
        <Icon name={icon} />
        {hasText && <span>{label}</span>}
      </button>
      <div
        ref={menu}
        id={id}
        class="popover"
        role="menu"
        popover="auto"
        aria-label={label}
        onBeforeToggle={(event) => event.newState === "open" && setOpen(true)}
        onToggle={(event) => {
          // The items go only now: from one that is gone the browser could not give the focus back.
          if (event.newState === "closed") setOpen(false);
          if (event.newState !== "open" || !button.current) return;
          placePopover(event.currentTarget, button.current);
          items(event.currentTarget)[0]?.focus();
        }}
        onClick={() => menu.current?.hidePopover()}
        onKeyDown={moveFocus}
      >
        {open && children}
      </div>
    </>
  );
}

/** Something to do in a menu. */
export function MenuItem({ icon, label, danger = false, disabled = false, onClick }: {
  icon: IconName;
  label: string;
  danger?: boolean;
  disabled?: boolean;
  onClick: (event: Event) => void;
}) {
  return (
    <button
      type="button"
      role="menuitem"
      class={danger ? "menu__item menu__item--danger" : "menu__item"}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
      {label}
    </button>
  );
}

/** Somewhere to go to in a menu, or a file to download; `onClick` may do it in another way. */
export function MenuLink({ icon, label, href, download = false, onClick }: {
  icon: IconName;
  label: string;
  href: string;
  download?: boolean;
  onClick?: (event: Event) => void;
}) {
  return (
    <a role="menuitem" class="menu__item" href={href} download={download} onClick={onClick}>
      <Icon name={icon} />
      {label}
    </a>
  );
}

function items(menu: HTMLElement): HTMLElement[] {
  return Array.from(menu.querySelectorAll<HTMLElement>("[role=menuitem]:not(:disabled)"));
}

function moveFocus(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const all = items(event.currentTarget);
  const at = all.findIndex((item) => item === document.activeElement);
  all[(at + step + all.length) % all.length]?.focus();
}
