import type { ComponentChildren } from "preact";
import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";

/** A field of a form, with what is wrong with it below. */
export function TextField(
  {
    name,
    id = `field-${name}`,
    label,
    hint,
    value,
    type = "text",
    required = false,
    problem,
    maxLength = 2000,
    min,
    max,
    step,
    children,
    onInput,
  }: {
    name: string;
    /** Where the page has several fields of the name. */
    id?: string;
    label: string;
    hint?: ComponentChildren;
    value: string;
    type?: "text" | "url" | "password" | "number" | "date";
    required?: boolean;
    problem?: string | undefined;
    /** Characters. */
    maxLength?: number;
    min?: number | string;
    max?: number | string;
    step?: number | "any" | undefined;
    /** Beside the label. */
    children?: ComponentChildren;
    onInput: (value: string) => void;
  },
) {
  const described = [problem ? `${id}-problem` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <div class="field">
      <div class="field__label">
        <label for={id}>{label}</label>
        {children}
      </div>
      <input
        id={id}
        name={name}
        class="field__control"
        type={type}
        required={required}
        autocomplete="off"
        spellcheck={false}
        maxLength={type === "number" || type === "date" ? undefined : maxLength}
        min={min}
        max={max}
        step={step}
        value={value}
        aria-invalid={ariaState(problem !== undefined)}
        aria-describedby={described || undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      {problem && (
        <p id={`${id}-problem`} class="field__problem" role="alert">
          <Icon name="circle-alert" />
          {problem}
        </p>
      )}
      {hint && <p id={`${id}-hint`} class="field__hint">{hint}</p>}
    </div>
  );
}
