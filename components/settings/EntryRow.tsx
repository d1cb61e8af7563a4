import type { ComponentChildren, JSX } from "preact";
import { ariaState } from "../aria.ts";
import { Icon, type IconName } from "../Icon.tsx";

/** One entry of a list: what it is called, what is known of it, and what can be done with it. Its form needs no script. */
export function EntryRow({ picture, name, marks, facts, more, form, buttons, children }: {
  picture?: ComponentChildren;
  name: string;
  /** Beside the name. */
  marks?: ComponentChildren;
  /** Lines of facts. */
  facts: readonly ComponentChildren[];
  more?: ComponentChildren;
  form: Pick<JSX.HTMLAttributes<HTMLFormElement>, "onSubmit"> & { method: "get" | "post"; action: string };
  buttons: ComponentChildren;
  /** Below all of it, as what it is changed with. */
  children?: ComponentChildren;
}) {
  return (
    <li class="key">
      {picture}
      <div class="key__text">
        <p class="key__name">
          <strong>{name}</strong>
          {marks}
        </p>
        {facts.map((line, i) => <p key={i} class="key__facts">{line}</p>)}
        {more}
      </div>
      <form class="key__buttons" {...form}>{buttons}</form>
      {children}
    </li>
  );
}

/** A button of an entry's form: its name says what is to be done, its value with which entry. */
export function EntryButton({ does, entryId, text, label, icon, isDanger = false, isOpen, id }: {
  does: string;
  entryId: string;
  text: string;
  /** With the name of the entry in it, for who does not see beside what it stands. */
  label: string;
  icon?: IconName;
  isDanger?: boolean;
  /** Of a button that shows something below. */
  isOpen?: boolean;
  id?: string;
}) {
  return (
    <button
      id={id}
      type="submit"
      class={isDanger ? "button button--small button--danger" : "button button--small"}
      name={does}
      value={entryId}
      aria-expanded={isOpen === undefined ? undefined : ariaState(isOpen)}
      aria-label={label}
    >
      {icon && <Icon name={icon} />}
      {text}
    </button>
  );
}
