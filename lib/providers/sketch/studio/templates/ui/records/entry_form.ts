import { element } from "../dom.ts";
import type { Entry, Field, Resource, Value } from "./resources.ts";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Opens the form for a new entry or, where one is given, to change it. Gives what was entered to `done`, which may refuse it. */
export function openForm(
  resource: Resource,
  entry: Entry | undefined,
  done: (values: Record<string, Value>) => Promise<void>,
): void {
  const opener = document.activeElement;
  const controls = resource.fields.map((field) => ({
    field,
    control: controlFor(field, entry?.values[field.name]),
  }));
  const problem = element("p", { class: "field problem", role: "alert" });
  const close = () => {
    dialog.close();
    dialog.remove();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  };
  const submit = async () => {
    const isRight = controls.map(({ field, control }) => checked(field, control)).every(Boolean);
    if (!isRight) return void form.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
    const values = controls.flatMap(({ field, control }) => {
      const value = valueOf(field, control);
      return value === undefined ? [] : [[field.name, value] as const];
    });
    try {
      await done(Object.fromEntries(values));
      close();
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
    }
  };
  const form = element(
    "form",
    {
      novalidate: true,
      submit: (event) => {
        event.preventDefault();
        void submit();
      },
    },
    element("h2", {}, entry ? `Change ${resource.one}` : `New ${resource.one}`),
    ...controls.map(({ field, control }) => row(field, control)),
    problem,
    element(
      "div",
      { class: "buttons" },
      element("button", { class: "button", type: "button", click: close }, "Cancel"),
      element("button", { class: "button primary", type: "submit" }, entry ? "Save" : "Add"),
    ),
  );
  const dialog = element("dialog", { cancel: close, "aria-label": entry ? "Change" : "Add" }, form);
  document.body.append(dialog);
  dialog.showModal();
}

function row(field: Field, control: Control): HTMLElement {
  if (field.type === "boolean") return element("label", { class: "check" }, control, field.label);
  const hint = field.required ? "" : field.type === "list" ? " (optional, with commas)" : " (optional)";
  return element(
    "div",
    { class: "field" },
    element("label", { for: control.id }, field.label, element("span", { class: "muted" }, hint)),
    control,
    element("span", { class: "problem", id: `${control.id}-problem` }),
  );
}

function controlFor(field: Field, value: Value | undefined): Control {
  const attributes = {
    id: `field-${field.name}`,
    class: "input",
    "aria-describedby": `field-${field.name}-problem`,
  };
  const text = Array.isArray(value) ? value.join(", ") : value === undefined ? "" : String(value);
  if (field.type === "long") return element("textarea", attributes, text);
  if (field.type === "choice") {
    const choices = field.choices ?? [];
    return element(
      "select",
      attributes,
      ...choices.map((choice) => element("option", { value: choice, selected: choice === text }, choice)),
    );
  }
  if (field.type === "boolean") {
    return element("input", { id: attributes.id, type: "checkbox", checked: value === true });
  }
  const type = field.type === "text" || field.type === "list" ? "text" : field.type;
  return element("input", {
    ...attributes,
    type,
    value: text,
    ...(type === "number" ? { step: "any" } : {}),
  });
}

/** Shows what is wrong with what was entered; true where nothing is. */
function checked(field: Field, control: Control): boolean {
  if (field.type === "boolean") return true;
  const isMissing = field.required === true && control.value.trim() === "";
  const message = isMissing
    ? `${field.label} is required`
    : control.validity.valid
    ? ""
    : control.validationMessage || "This is not right";
  control.setAttribute("aria-invalid", String(message !== ""));
  const shown = control.parentElement?.querySelector(".problem");
  if (shown) shown.textContent = message;
  return message === "";
}

function valueOf(field: Field, control: Control): Value | undefined {
  if (field.type === "boolean") return control instanceof HTMLInputElement && control.checked;
  const text = control.value.trim();
  if (field.type === "list") return text.split(",").map((item) => item.trim()).filter(Boolean);
  if (text === "") return undefined;
  return field.type === "number" ? Number(text) : text;
}
