// #if themeToggle
import { startThemeSwitch } from "../theme_switch.ts";
// #end
import { choosePlan, startContactForm } from "./contact_form.ts";

/** Who pays for a year pays for so many months. */
const MONTHS_OF_YEAR = 10;

function showPrices(isYearly: boolean): void {
  for (const price of document.querySelectorAll<HTMLElement>("[data-price]")) {
    price.textContent = `€${Number(price.dataset.price) * (isYearly ? MONTHS_OF_YEAR : 1)}`;
  }
  for (const period of document.querySelectorAll("[data-period]")) {
    period.textContent = isYearly ? "a year" : "a month";
  }
}

for (const choice of document.querySelectorAll<HTMLInputElement>("input[name=period]")) {
  choice.addEventListener("change", () => showPrices(choice.value === "year"));
}
for (const link of document.querySelectorAll<HTMLElement>("[data-plan]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("contact")?.scrollIntoView();
    choosePlan(link.dataset.plan ?? "");
  });
}
startContactForm();
// #if themeToggle
startThemeSwitch();
// #end
