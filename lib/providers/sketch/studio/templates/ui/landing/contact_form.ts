import { byId } from "../dom.ts";

type Control = HTMLInputElement | HTMLTextAreaElement;

const MESSAGE_LENGTH_MIN = 10;

/** Makes the contact form check what is entered. It sends nothing, and says so: there is no server to send it to. */
export function startContactForm(): void {
  const form = byId("contact-form", HTMLFormElement);
  const status = byId("status", HTMLParagraphElement);
  const controls: Control[] = [
    byId("name", HTMLInputElement),
    byId("email", HTMLInputElement),
    byId("message", HTMLTextAreaElement),
  ];
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = controls.filter((control) => !check(control));
    wrong[0]?.focus();
    status.textContent = wrong.length > 0
      ? ""
      : "All is filled in. Nothing was sent: connect this form to a server of yours.";
  });
  for (const control of controls) {
    // Only what was found wrong is looked at while it is being put right.
    control.addEventListener("input", () => {
      status.textContent = "";
      if (control.getAttribute("aria-invalid") === "true") check(control);
    });
  }
}

/** Says that a plan was chosen, in the message. */
export function choosePlan(plan: string): void {
  const message = byId("message", HTMLTextAreaElement);
  if (message.value.trim() === "") message.value = `I am interested in the plan “${plan}”.`;
  byId("name", HTMLInputElement).focus();
}

function check(control: Control): boolean {
  const problem = problemOf(control);
  byId(`${control.id}-problem`, HTMLElement).textContent = problem;
  control.setAttribute("aria-invalid", String(problem !== ""));
  return problem === "";
}

function problemOf({ id, value, validity }: Control): string {
  const text = value.trim();
  switch (id) {
    case "name":
      return text === "" ? "Please enter your name" : "";
    case "email":
      if (text === "") return "Please enter your e-mail address";
      return validity.valid ? "" : "This is no e-mail address";
    default:
      return text.length < MESSAGE_LENGTH_MIN ? `Please write at least ${MESSAGE_LENGTH_MIN} characters` : "";
  }
}
