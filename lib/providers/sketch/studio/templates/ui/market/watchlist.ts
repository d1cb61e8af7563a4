import { load, save } from "../storage.ts";

const BEGINNING = ["BTC", "ETH", "SOL"];

/** The symbols of the coins that one keeps an eye on. */
export class Watchlist {
  #symbols: string[] = load<string[]>("watchlist", BEGINNING);

  has(symbol: string): boolean {
    return this.#symbols.includes(symbol);
  }

  toggle(symbol: string): void {
    this.#symbols = this.has(symbol)
      ? this.#symbols.filter((other) => other !== symbol)
      : [...this.#symbols, symbol];
    save("watchlist", this.#symbols);
  }

  get symbols(): readonly string[] {
    return this.#symbols;
  }
}
