/** A span of time: the first, highest, lowest and last price in it. */
export interface Candle {
  /** ms since 1970. */
  startsAt: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

/** A coin with its made-up history, an hour a candle. */
export interface Coin {
  symbol: string;
  name: string;
  supply: number;
  candles: Candle[];
}

const HOUR_MS = 3_600_000;
const HISTORY_HOURS = 24 * 30;
/** Prices that never were: they only have a likely size. */
const COINS: [symbol: string, name: string, price: number, supply: number, volatility: number][] = [
  ["BTC", "Bitcoin", 61_000, 19_700_000, 0.006],
  ["ETH", "Ethereum", 3_100, 120_000_000, 0.008],
  ["SOL", "Solana", 148, 460_000_000, 0.012],
  ["ADA", "Cardano", 0.46, 35_600_000_000, 0.011],
  ["DOT", "Polkadot", 6.9, 1_430_000_000, 0.011],
  ["LINK", "Chainlink", 14.2, 587_000_000, 0.012],
  ["LTC", "Litecoin", 82, 74_600_000, 0.009],
  ["XMR", "Monero", 164, 18_400_000, 0.008],
];

/** A market that nobody trades on: prices walk at random, the same way for the same seed. */
export class SimulatedMarket {
  readonly coins: Coin[];
  readonly #random: () => number;

  constructor(seed: number, now: number) {
    this.#random = seededRandom(seed);
    const start = Math.floor(now / HOUR_MS) * HOUR_MS - (HISTORY_HOURS - 1) * HOUR_MS;
    this.coins = COINS.map(([symbol, name, price, supply, volatility]) => ({
      symbol,
      name,
      supply,
      candles: this.#history(start, price, volatility),
    }));
  }

  /** Moves every price a little. */
  tick(now: number): void {
    for (const [index, coin] of this.coins.entries()) {
      const last = coin.candles.at(-1);
      if (!last) continue;
      const close = last.close * (1 + this.#step(COINS[index]?.[4] ?? 0.01) / 6);
      if (now - last.startsAt >= HOUR_MS) {
        coin.candles.push({
          startsAt: last.startsAt + HOUR_MS,
          open: last.close,
          high: close,
          low: close,
          close,
          volume: 0,
        });
      } else {
        last.close = close;
        last.high = Math.max(last.high, close);
        last.low = Math.min(last.low, close);
        last.volume *= 1.0005;
      }
    }
  }

  #history(start: number, price: number, volatility: number): Candle[] {
    let open = price;
    return Array.from({ length: HISTORY_HOURS }, (_, hour) => {
      const close = open * (1 + this.#step(volatility));
      const reach = volatility * open * 0.6;
      const candle = {
        startsAt: start + hour * HOUR_MS,
        open,
        high: Math.max(open, close) + this.#random() * reach,
        low: Math.min(open, close) - this.#random() * reach,
        close,
        volume: price * (400 + this.#random() * 1_600),
      };
      open = close;
      return candle;
    });
  }

  /** About normally distributed, as the sum of evenly distributed numbers is. */
  #step(volatility: number): number {
    return (this.#random() + this.#random() + this.#random() - 1.5) * volatility * 1.4;
  }
}

/** The change over the last hours, as a share: 0.02 is two per cent up. */
export function changeOver({ candles }: Coin, hours: number): number {
  const first = candles.at(-hours - 1) ?? candles[0];
  const last = candles.at(-1);
  return first && last ? last.close / first.close - 1 : 0;
}

/** Candles put together, so many to one. */
export function grouped(candles: readonly Candle[], size: number): Candle[] {
  const groups: Candle[] = [];
  for (let at = 0; at < candles.length; at += size) {
    const [first, ...rest] = candles.slice(at, at + size);
    if (!first) continue;
    groups.push(rest.reduce((whole, { high, low, close, volume }) => ({
      ...whole,
      high: Math.max(whole.high, high),
      low: Math.min(whole.low, low),
      close,
      volume: whole.volume + volume,
    }), first));
  }
  return groups;
}

/** Numbers from 0 to below 1 that repeat themselves for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
