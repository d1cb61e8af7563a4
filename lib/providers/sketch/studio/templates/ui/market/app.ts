import { byId, element } from "../dom.ts";
// #if themeToggle
import { startThemeSwitch } from "../theme_switch.ts";
// #end
import { Chart, type ChartKind } from "./chart.ts";
import { change, direction, price, short } from "./format.ts";
import { type Candle, changeOver, type Coin, grouped, SimulatedMarket } from "./market.ts";
import { Watchlist } from "./watchlist.ts";

const SEED = 42;
const TICK_MS = 2_000;
const RANGES = {
  "24 h": { hours: 24, size: 1 },
  "7 d": { hours: 168, size: 4 },
  "30 d": { hours: 720, size: 12 },
};
const COLUMNS = {
  Coin: (coin: Coin) => coin.name,
  Price: priceOf,
  "24 h": (coin: Coin) => changeOver(coin, 24),
  "7 d": (coin: Coin) => changeOver(coin, 168),
  Volume: volumeOf,
  "Market cap": (coin: Coin) => priceOf(coin) * coin.supply,
};
type Range = keyof typeof RANGES;
type Column = keyof typeof COLUMNS;

const market = new SimulatedMarket(SEED, Date.now());
const watchlist = new Watchlist();
const chart = new Chart(byId("chart", HTMLCanvasElement), read);
const search = byId("search", HTMLInputElement);
let current = market.coins[0];
let kind: ChartKind = "candles";
let range: Range = "24 h";
let sort: { column: Column; isDescending: boolean } = { column: "Market cap", isDescending: true };

function priceOf({ candles }: Coin): number {
  return candles.at(-1)?.close ?? 0;
}

function volumeOf({ candles }: Coin): number {
  return candles.slice(-24).reduce((sum, { volume }) => sum + volume, 0);
}

function showChart(): void {
  if (!current) return;
  const { hours, size } = RANGES[range];
  const share = changeOver(current, hours);
  byId("coin-name", HTMLHeadingElement).textContent = `${current.name} (${current.symbol})`;
  byId("coin-price", HTMLSpanElement).textContent = price(priceOf(current));
  const shown = byId("coin-change", HTMLSpanElement);
  shown.textContent = `${change(share)} in ${range}`;
  shown.className = `change ${direction(share)}`;
  byId("chart", HTMLCanvasElement).setAttribute(
    "aria-label",
    `Simulated price of ${current.name} in the last ${range}: ${price(priceOf(current))}, ${change(share)}`,
  );
  chart.show(grouped(current.candles.slice(-hours), size), kind);
}

function read(candle: Candle | undefined): void {
  const text = candle
    ? `${
      new Date(candle.startsAt).toLocaleString("en", { dateStyle: "medium", timeStyle: "short" })
    } · open ${price(candle.open)} · high ${price(candle.high)} · low ${price(candle.low)} · close ${
      price(candle.close)
    }`
    : "Point at the chart to read it.";
  byId("reading", HTMLParagraphElement).textContent = text;
}

function showWatchlist(): void {
  const coins = market.coins.filter(({ symbol }) => watchlist.has(symbol));
  const items = coins.map((coin) => {
    const share = changeOver(coin, 24);
    return element(
      "li",
      {},
      element(
        "button",
        {
          type: "button",
          class: "watched",
          "aria-pressed": String(coin === current),
          click: () => choose(coin),
        },
        element("b", {}, coin.symbol),
        element("span", {}, price(priceOf(coin))),
        element("span", { class: `change ${direction(share)}` }, change(share)),
      ),
    );
  });
  byId("watchlist", HTMLUListElement).replaceChildren(
    ...(items.length > 0
      ? items
      : [element("li", { class: "muted" }, "Mark coins with the star to keep an eye on them.")]),
  );
}

function showTable(): void {
  const words = search.value.trim().toLowerCase();
  const value = COLUMNS[sort.column];
  const coins = market.coins.filter(({ name, symbol }) => `${name} ${symbol}`.toLowerCase().includes(words));
  coins.sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y));
    return sort.isDescending ? -order : order;
  });
  byId("coins", HTMLTableSectionElement).replaceChildren(...coins.map(row));
}

function row(coin: Coin): HTMLElement {
  const isWatched = watchlist.has(coin.symbol);
  const star = element("button", {
    type: "button",
    class: "star",
    "aria-pressed": String(isWatched),
    "aria-label": `Watch ${coin.name}`,
    click: () => {
      watchlist.toggle(coin.symbol);
      show();
    },
  }, isWatched ? "★" : "☆");
  const name = element("button", { type: "button", class: "link", click: () => choose(coin) }, coin.name);
  const shares = [changeOver(coin, 24), changeOver(coin, 168)];
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, star, name, " ", element("span", { class: "muted" }, coin.symbol)),
    element("td", {}, price(priceOf(coin))),
    ...shares.map((share) => element("td", { class: `change ${direction(share)}` }, change(share))),
    element("td", {}, `$${short(volumeOf(coin))}`),
    element("td", {}, `$${short(priceOf(coin) * coin.supply)}`),
  );
}

function showColumns(): void {
  const heads = Object.keys(COLUMNS).filter((name): name is Column => name in COLUMNS).map((column) => {
    const isSorted = sort.column === column;
    const order = sort.isDescending ? "descending" : "ascending";
    const click = () => {
      sort = { column, isDescending: isSorted ? !sort.isDescending : column !== "Coin" };
      show();
    };
    return element(
      "th",
      { scope: "col", "aria-sort": isSorted ? order : "none" },
      element(
        "button",
        { type: "button", class: "link", click },
        column,
        isSorted ? (sort.isDescending ? " ↓" : " ↑") : "",
      ),
    );
  });
  byId("columns", HTMLTableRowElement).replaceChildren(...heads);
}

function choose(coin: Coin): void {
  current = coin;
  show();
}

function showChoices(): void {
  const button = (label: string, isChosen: boolean, click: () => void) =>
    element(
      "button",
      { type: "button", class: "button quiet", "aria-pressed": String(isChosen), click },
      label,
    );
  const kinds: [string, ChartKind][] = [["Candles", "candles"], ["Line", "line"]];
  byId("kinds", HTMLDivElement).replaceChildren(
    ...kinds.map(([label, value]) =>
      button(label, kind === value, () => {
        kind = value;
        show();
      })
    ),
  );
  const names = Object.keys(RANGES).filter((name): name is Range => name in RANGES);
  byId("ranges", HTMLDivElement).replaceChildren(...names.map((name) =>
    button(name, range === name, () => {
      range = name;
      show();
    })
  ));
}

/** Shows all anew and keeps the focus where it was, on the button in the same place. */
function show(): void {
  const focused = document.activeElement;
  const all = () => [...document.querySelectorAll<HTMLElement>("main button")];
  const at = all().findIndex((button) => button === focused);
  showChoices();
  showChart();
  showWatchlist();
  showColumns();
  showTable();
  if (at >= 0) all()[at]?.focus();
}

let timer = start();

function start(): ReturnType<typeof setInterval> {
  return setInterval(() => {
    market.tick(Date.now());
    showChart();
    // What someone is about to press must not be replaced under their fingers.
    if (!document.querySelector("main button:focus-visible, main button:active")) {
      showWatchlist();
      showTable();
    }
  }, TICK_MS);
}

const pause = byId("pause", HTMLButtonElement);
pause.addEventListener("click", () => {
  const isPaused = pause.getAttribute("aria-pressed") !== "true";
  pause.setAttribute("aria-pressed", String(isPaused));
  pause.textContent = isPaused ? "Go on" : "Pause";
  clearInterval(timer);
  if (!isPaused) timer = start();
});
search.addEventListener("input", showTable);
// #if themeToggle
startThemeSwitch();
// #end
read(undefined);
show();
