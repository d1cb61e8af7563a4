import { element } from "../dom.ts";
import { load, save } from "../storage.ts";

let token = load<string>("token", "");
let asking: Promise<void> | undefined;

/** What is sent with every request; empty before one has signed in. */
export function authorization(): string {
  return token ? `Bearer ${token}` : "";
}

/** Asks for an account until there is a token. */
export function signIn(): Promise<void> {
  asking ??= ask().finally(() => asking = undefined);
  return asking;
}

function ask(): Promise<void> {
  return new Promise((resolve) => {
    const email = element("input", {
      id: "email",
      class: "input",
      type: "email",
      required: true,
      autocomplete: "email",
    });
    const password = element("input", {
      id: "password",
      class: "input",
      type: "password",
      required: true,
      minlength: 10,
      autocomplete: "current-password",
    });
    const problem = element("p", { class: "problem", role: "alert" });
    const submit = async (path: string) => {
      if (!form.reportValidity()) return;
      const message = await enter(path, { email: email.value, password: password.value });
      problem.textContent = message;
      if (message) return;
      dialog.close();
      dialog.remove();
      resolve();
    };
    const form = element(
      "form",
      {
        submit: (event) => {
          event.preventDefault();
          void submit("/auth/login");
        },
      },
      element("h2", {}, "Sign in"),
      element("div", { class: "field" }, element("label", { for: "email" }, "E-mail address"), email),
      element(
        "div",
        { class: "field" },
        element("label", { for: "password" }, "Password"),
        password,
        problem,
      ),
      element(
        "div",
        { class: "buttons" },
        element(
          "button",
          { class: "button", type: "button", click: () => void submit("/auth/register") },
          "Make an account",
        ),
        element("button", { class: "button primary", type: "submit" }, "Sign in"),
      ),
    );
    const dialog = element("dialog", { cancel: (event) => event.preventDefault() }, form);
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Signs in, after making the account where that is asked; gives what went wrong, or nothing. */
async function enter(path: string, credentials: { email: string; password: string }): Promise<string> {
  const post = async (to: string) => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(to, { method: "POST", headers, body: JSON.stringify(credentials) });
    return { isOk: response.ok, answer: await response.json() };
  };
  const first = await post(path);
  const login = first.isOk && path !== "/auth/login" ? await post("/auth/login") : first;
  if (!login.isOk) return String(login.answer.error?.message ?? "That did not work");
  token = String(login.answer.token);
  save("token", token);
  return "";
}
