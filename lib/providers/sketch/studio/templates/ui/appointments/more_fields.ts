import { element } from "../dom.ts";

/** A field that is asked for beside those that every appointment has. */
export interface Field {
  name: string;
  label: string;
  type: "text" | "long" | "number" | "boolean" | "date" | "email" | "url" | "choice";
  required?: boolean;
  choices?: readonly string[];
}

/** What was entered, by the names of the fields. */
export type More = Record<string, string>;

// #put formFields
export const FIELDS: readonly Field[] = [{ name: "phone", label: "Phone", type: "text" }];
// #end

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The part of the form for these fields. */
export class MoreFields {
  readonly #all: readonly { field: Field; control: Control; problem: HTMLElement }[];

  constructor(parent: HTMLElement) {
    this.#all = FIELDS.map((field) => {
      const id = `more-${field.name}`;
      const control = controlFor(field, id);
      const problem = element("span", { class: "problem", id: `${id}-problem` });
      const hint = element("span", { class: "muted" }, field.required ? "" : " (optional)");
      parent.append(
        field.type === "boolean" ? element("label", { class: "check" }, control, field.label) : element(
          "div",
          { class: "field" },
          element("label", { for: id }, field.label, hint),
          control,
          problem,
        ),
      );
      return { field, control, problem };
    });
  }

  /** What is entered; fields that are empty are left out. */
  get values(): More {
    return Object.fromEntries(
      this.#all.flatMap(({ field, control }) => {
        const text = isTicked(control) === undefined ? control.value.trim() : isTicked(control) ? "yes" : "";
        return text === "" ? [] : [[field.name, text]];
      }),
    );
  }

  set values(values: More) {
    for (const { field, control, problem } of this.#all) {
      const value = values[field.name] ?? "";
      if (control instanceof HTMLInputElement && control.type === "checkbox") {
        control.checked = value === "yes";
      } else control.value = value;
      problem.textContent = "";
      control.removeAttribute("aria-invalid");
    }
  }

  /** Shows what is wrong; gives the first control that is. */
  check(): HTMLElement | undefined {
    let first: HTMLElement | undefined;
    for (const { field, control, problem } of this.#all) {
      const isMissing = field.required === true && control.value.trim() === "";
      const isWrong = isMissing || !control.validity.valid;
      problem.textContent = isMissing
        ? `Please enter the ${field.label.toLowerCase()}`
        : control.validationMessage;
      control.setAttribute("aria-invalid", String(isWrong));
      if (isWrong) first ??= control;
    }
    return first;
  }
}

/** What was entered, as texts for people. */
export function moreTexts(more: More = {}): string[] {
  return FIELDS.flatMap(({ name, label, type }) => {
    const value = more[name];
    if (value === undefined) return [];
    return type === "boolean" ? label : `${label}: ${value}`;
  });
}

function controlFor({ type, choices = [], required }: Field, id: string): Control {
  const attributes = { id, class: "input", maxlength: 500, "aria-describedby": `${id}-problem` };
  if (type === "long") return element("textarea", attributes);
  if (type === "boolean") return element("input", { id, type: "checkbox" });
  if (type === "choice") {
    const all = required ? choices : ["", ...choices];
    return element(
      "select",
      attributes,
      ...all.map((choice) => element("option", { value: choice }, choice)),
    );
  }
  return element("input", { ...attributes, type, ...(type === "number" ? { step: "any" } : {}) });
}

function isTicked(control: Control): boolean | undefined {
  return control instanceof HTMLInputElement && control.type === "checkbox" ? control.checked : undefined;
}
