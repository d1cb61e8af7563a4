import { byId } from "./dom.ts";
import { load, save } from "./storage.ts";

/** Makes the button at the top switch between light and dark, and remembers the choice. */
export function startThemeSwitch(): void {
  const root = document.documentElement;
  const button = byId("theme-switch", HTMLButtonElement);
  const chosen = load<string>("theme", "");
  if (chosen) root.dataset.theme = chosen;
  const isDark = () =>
    root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const show = () => {
    button.textContent = isDark() ? "☀︎ Light" : "☾ Dark";
    button.setAttribute("aria-label", `Switch to ${isDark() ? "light" : "dark"} mode`);
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    save("theme", root.dataset.theme);
    show();
  });
  show();
}
