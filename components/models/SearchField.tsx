import { Icon } from "../Icon.tsx";

/** The field of a search among models, with its name inside. */
export function SearchField({ name, label, value, maxLength, required = false, onInput }: {
  /** As the form says it. */
  name: string;
  label: string;
  value: string;
  maxLength?: number;
  required?: boolean;
  /** For what is found while somebody types. */
  onInput?: (value: string) => void;
}) {
  return (
    <label class="models-filter__search">
      <Icon name="search" />
      <span class="visually-hidden">{label}</span>
      <input
        type="search"
        name={name}
        class="field__control"
        placeholder={label}
        maxLength={maxLength}
        required={required}
        autocomplete="off"
        value={value}
        onInput={onInput && ((event) => onInput(event.currentTarget.value))}
      />
    </label>
  );
}
