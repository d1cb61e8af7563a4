import { byId, element } from "../dom.ts";
// #if themeToggle
import { startThemeSwitch } from "../theme_switch.ts";
// #end
import { evaluate, ExpressionError, formatted } from "./expression.ts";

const HISTORY_MAX = 20;
const KEYS: [text: string, label: string, kind?: string][] = [
  ["C", "Clear", "edit"],
  ["⌫", "Delete", "edit"],
  ["(", "Open parenthesis", "sign"],
  [")", "Close parenthesis", "sign"],
  ["√", "Square root", "sign"],
  ["^", "To the power of", "sign"],
  ["%", "Percent", "sign"],
  ["÷", "Divided by", "sign"],
  ["7", "7"],
  ["8", "8"],
  ["9", "9"],
  ["×", "Times", "sign"],
  ["4", "4"],
  ["5", "5"],
  ["6", "6"],
  ["−", "Minus", "sign"],
  ["1", "1"],
  ["2", "2"],
  ["3", "3"],
  ["+", "Plus", "sign"],
  ["0", "0"],
  [".", "Decimal point"],
  ["π", "Pi"],
  ["=", "Equals", "equals"],
];
/** Keys of a keyboard, and the signs that they write. */
const SIGNS: Readonly<Record<string, string>> = { "*": "×", "/": "÷", "-": "−" };

const input = byId("expression", HTMLInputElement);
const result = byId("result", HTMLOutputElement);
const problem = byId("problem", HTMLParagraphElement);
const history: { expression: string; value: string }[] = [];

/** Writes at the cursor, over what is selected. */
function write(text: string): void {
  const from = input.selectionStart ?? input.value.length;
  input.setRangeText(text, from, input.selectionEnd ?? from, "end");
  show();
}

function press(key: string): void {
  if (key === "C") input.value = "";
  else if (key === "=") return calculate();
  else if (key === "⌫") return erase();
  else return write(key);
  show();
}

function erase(): void {
  const end = input.selectionEnd ?? input.value.length;
  const start = input.selectionStart ?? end;
  input.setRangeText("", start === end ? Math.max(0, start - 1) : start, end, "end");
  show();
}

/** The value so far. Nothing is said about an expression that is not finished. */
function show(): void {
  problem.textContent = "";
  input.removeAttribute("aria-invalid");
  const value = valueOf(input.value);
  result.textContent = typeof value === "number" ? `= ${formatted(value)}` : "";
}

function valueOf(text: string): number | string {
  if (text.trim() === "") return "";
  try {
    return evaluate(text);
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}

function calculate(): void {
  const expression = input.value.trim();
  const value = valueOf(expression);
  if (typeof value === "string") {
    problem.textContent = value;
    input.setAttribute("aria-invalid", String(value !== ""));
    return;
  }
  history.unshift({ expression, value: formatted(value) });
  history.length = Math.min(history.length, HISTORY_MAX);
  input.value = formatted(value);
  input.setSelectionRange(input.value.length, input.value.length);
  result.textContent = `${expression} =`;
  showHistory();
}

function showHistory(): void {
  const items = history.map(({ expression, value }) =>
    element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: "past", "aria-label": `Use ${value} again`, click: () => write(value) },
        element("span", { class: "muted" }, `${expression} =`),
        element("b", {}, value),
      ),
    )
  );
  byId("history", HTMLOListElement).replaceChildren(
    ...(items.length > 0 ? items : [element("li", { class: "muted" }, "Nothing yet.")]),
  );
}

byId("keys", HTMLDivElement).append(...KEYS.map(([text, label, kind = "digit"]) =>
  element(
    "button",
    { type: "button", class: `key ${kind}`, "aria-label": label, click: () => press(text) },
    text,
  )
));
byId("calculator", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  calculate();
});
input.addEventListener("input", show);
input.addEventListener("keydown", (event) => {
  const sign = SIGNS[event.key];
  if (event.key === "Escape") press("C");
  else if (event.key === "=") calculate();
  else if (sign && !event.ctrlKey && !event.metaKey) write(sign);
  else return;
  event.preventDefault();
});
document.addEventListener("keydown", ({ target }) => {
  // What is typed anywhere goes into the expression.
  if (target === document.body) input.focus();
});
// #if themeToggle
startThemeSwitch();
// #end
showHistory();
