import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";

/** A field for a secret, with what is wrong with it below. It needs no script. */
export function PasswordField({ name, id = name, label, hint, problem, autocomplete, required, autofocus }: {
  name: string;
  id?: string;
  label: string;
  hint?: string;
  problem?: string | undefined;
  autocomplete: "current-password" | "new-password";
  required?: boolean;
  autofocus?: boolean;
}) {
  const described = [problem ? `${id}-problem` : "", hint ? `${id}-hint` : ""].filter(Boolean).join(" ");
  return (
    <div class="field">
      <label class="field__label" for={id}>{label}</label>
      <input
        id={id}
        name={name}
        class="field__control"
        type="password"
        autocomplete={autocomplete}
        required={required}
        autofocus={autofocus}
        aria-invalid={ariaState(problem !== undefined)}
        aria-describedby={described || undefined}
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
