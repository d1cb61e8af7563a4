/** A price in dollars, with more digits the smaller it is. */
export function price(value: number): string {
  const digits = value >= 100 ? 2 : value >= 1 ? 3 : 4;
  return value.toLocaleString("en-US", {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  });
}

/** "+1.25 %"; the sign stands for those who do not see the colour. */
export function change(share: number): string {
  return `${share >= 0 ? "+" : "−"}${(Math.abs(share) * 100).toFixed(2)} %`;
}

/** "1.2B". */
export function short(value: number): string {
  return value.toLocaleString("en-US", { notation: "compact", maximumFractionDigits: 1 });
}

/** The class that colours a change. */
export function direction(share: number): string {
  return share >= 0 ? "up" : "down";
}
