import type { BenchmarkPrompt } from "../../../shared/mod.ts";
import { number } from "./prompt.ts";

/** Sums and small stories with one number as their answer; the answers are worked out here, not written down. */
export function arithmetic(): BenchmarkPrompt[] {
  return [
    number("What is 17 times 23?", 17 * 23),
    number("What is 1,204 plus 8,979?", 1204 + 8979),
    number("What is 5,000 minus 1,367?", 5000 - 1367),
    number("What is 936 divided by 12?", 936 / 12),
    number("What is 2 to the power of 12?", 2 ** 12),
    number("What is 15 % of 260?", 0.15 * 260),
    number("What is the remainder when 1,000 is divided by 37?", 1000 % 37),
    number("What is (8 + 4) × 7 − 19?", (8 + 4) * 7 - 19),
    number("What is 3.6 × 2.5?", 3.6 * 2.5),
    number("What is −14 + 9 − 27?", -14 + 9 - 27),
    number("What is the sum of all whole numbers from 1 to 40?", 40 * 41 / 2),
    number("What is the square root of 1,764?", Math.sqrt(1764)),
    number("A box holds 24 jars. How many jars are in 13 boxes and a half?", 24 * 13.5),
    number(
      "Mira buys 3 notebooks at 2.40 each and a pen for 1.75. She pays with 10. How much change does she get?",
      10 - (3 * 2.4 + 1.75),
      0.001,
    ),
    number("A train leaves at 09:47 and arrives at 13:12. How many minutes is it on its way?", 205),
    number("A garden is 18 m long and 7 m wide. What is the length of the fence around it, in metres?", 50),
    number(
      "A tank loses 3 litres an hour and held 140 litres at noon. How many litres are left at 19:00?",
      140 - 3 * 7,
    ),
    number(
      "Of 180 seats 35 % are taken, and then 12 more people sit down. How many seats are free?",
      180 - 63 - 12,
    ),
    number("Five workers need 12 days for a wall. How many days do four workers need, at the same pace?", 15),
    number(
      "A price of 80 goes up by 25 % and then down by 20 %. What is it then?",
      80 * 1.25 * 0.8,
    ),
    number("What is the mean of 12, 19, 25, 8 and 31?", (12 + 19 + 25 + 8 + 31) / 5),
    number("What is the median of 14, 3, 27, 9 and 11?", 11),
    number("How many seconds are there in 2 hours and 35 minutes?", (2 * 60 + 35) * 60),
    number(
      "A recipe for 4 people takes 350 g of flour. How many grams does it take for 10 people?",
      350 / 4 * 10,
    ),
    number("Two numbers add up to 61 and differ by 17. What is the larger one?", (61 + 17) / 2),
    number("What is the greatest common divisor of 84 and 126?", 42),
    number("What is the least common multiple of 18 and 24?", 72),
    number("Solve for x: 5x − 13 = 2x + 20.", 11),
    number(
      "A car drives 210 km in 2.5 hours. What is its mean speed in kilometres an hour?",
      210 / 2.5,
    ),
    number("How many diagonals does a convex polygon with 9 sides have?", 9 * 6 / 2),
  ];
}
