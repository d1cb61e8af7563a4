import { byId, element } from "../dom.ts";
// #if themeToggle
import { startThemeSwitch } from "../theme_switch.ts";
// #end
import { chime, prepareChime } from "./chime.ts";
import { clockText, Countdown } from "./countdown.ts";
import { LABELS, LENGTHS, type Phase, phaseAfter, PHASES, ROUNDS } from "./phases.ts";

const MINUTE_MS = 60_000;
const MINUTES_MAX = 120;
const TICK_MS = 200;

const lengths: Record<Phase, number> = { ...LENGTHS };
const countdown = new Countdown(lengths.work * MINUTE_MS);
const start = byId("start", HTMLButtonElement);
const sound = byId("sound", HTMLInputElement);
const pageTitle = document.title;
let phase: Phase = "work";
let rounds = 0;

function show(): void {
  const now = Date.now();
  const left = countdown.left(now);
  byId("time", HTMLElement).textContent = clockText(left);
  byId("phase", HTMLElement).textContent = LABELS[phase];
  const share = left / (lengths[phase] * MINUTE_MS);
  document.documentElement.style.setProperty("--share", String(share));
  const isWhole = left === lengths[phase] * MINUTE_MS;
  start.textContent = countdown.isRunning ? "Pause" : isWhole ? "Start" : "Go on";
  document.title = countdown.isRunning ? `${clockText(left)} · ${LABELS[phase]}` : pageTitle;
}

/** What changes less often than the time. */
function showPhase(): void {
  byId("phases", HTMLElement).replaceChildren(...PHASES.map((other) =>
    element("button", {
      type: "button",
      class: "button quiet",
      "aria-pressed": String(other === phase),
      click: () => enter(other),
    }, LABELS[other])
  ));
  const done = rounds === 0 ? 0 : (rounds - 1) % ROUNDS + 1;
  byId("rounds", HTMLElement).textContent = "●".repeat(done) + "○".repeat(ROUNDS - done);
  byId("rounds-text", HTMLElement).textContent = `${rounds} ${
    rounds === 1 ? "round" : "rounds"
  } of work done`;
  show();
}

/** Goes to a phase, which waits to be started. The focus stays on the button of the same name. */
function enter(next: Phase): void {
  const hadFocus = byId("phases", HTMLElement).contains(document.activeElement);
  phase = next;
  countdown.reset(lengths[phase] * MINUTE_MS);
  showPhase();
  if (hadFocus) document.querySelector<HTMLElement>("#phases [aria-pressed=true]")?.focus();
}

function toggle(): void {
  if (sound.checked) prepareChime();
  if (countdown.isRunning) countdown.pause(Date.now());
  else countdown.start(Date.now());
  byId("status", HTMLElement).textContent = "";
  show();
}

function finish(): void {
  const before = phase;
  if (phase === "work") rounds++;
  enter(phaseAfter(phase, rounds));
  byId("status", HTMLElement).textContent = `${LABELS[before]} is over. Next: ${
    LABELS[phase].toLowerCase()
  }.`;
  if (sound.checked) chime();
}

function tick(): void {
  if (!countdown.isRunning) return;
  if (countdown.left(Date.now()) === 0) finish();
  else show();
}

function changeLength(which: Phase, input: HTMLInputElement): void {
  const minutes = Number(input.value);
  const isRight = Number.isInteger(minutes) && minutes >= 1 && minutes <= MINUTES_MAX;
  input.setAttribute("aria-invalid", String(!isRight));
  byId("length-problem", HTMLElement).textContent = isRight ? "" : `Whole minutes, from 1 to ${MINUTES_MAX}`;
  if (!isRight) return;
  lengths[which] = minutes;
  if (which === phase && !countdown.isRunning) enter(phase);
}

byId("lengths", HTMLElement).append(...PHASES.map((which) => {
  const id = `length-${which}`;
  const input = element("input", {
    id,
    class: "input",
    type: "number",
    min: 1,
    max: MINUTES_MAX,
    value: lengths[which],
    "aria-describedby": "length-problem",
  });
  input.addEventListener("change", () => changeLength(which, input));
  return element("div", { class: "field" }, element("label", { for: id }, LABELS[which]), input);
}));
start.addEventListener("click", toggle);
byId("reset", HTMLButtonElement).addEventListener("click", () => enter(phase));
byId("skip", HTMLButtonElement).addEventListener("click", () => enter(phaseAfter(phase, rounds)));
document.addEventListener("keydown", (event) => {
  const isFree = !(event.target instanceof HTMLElement && event.target.closest("button, input"));
  if (event.key !== " " || !isFree) return;
  event.preventDefault();
  toggle();
});
// #if themeToggle
startThemeSwitch();
// #end
showPhase();
setInterval(tick, TICK_MS);
