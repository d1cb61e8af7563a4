const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;

let lastTime = -1;
let lastTimeText = "";
let lastRandom: number[] = [];

/**
 * A new id: 26 characters of Crockford's base 32 in lower case, 10 of time (ms) and 16 random, as in the ULID specification
 * (https://github.com/ulid/spec). Ids made by one process sort in the order in which they were made.
 */
export function newId(now: number = Date.now()): string {
  const time = Math.max(now, lastTime);
  if (time === lastTime) {
    increment(lastRandom);
  } else {
    lastTime = time;
    lastTimeText = encodeTime(time);
    lastRandom = Array.from(crypto.getRandomValues(new Uint8Array(RANDOM_LENGTH)), (byte) => byte & 31);
    // Room to count up within one millisecond without running over.
    lastRandom[0] = (lastRandom[0] ?? 0) & 15;
  }
  let id = lastTimeText;
  for (const digit of lastRandom) id += ALPHABET[digit];
  return id;
}

/** True for a string of the form that `newId` makes. */
export function isId(value: string): boolean {
  return /^[0-9a-hjkmnp-tv-z]{26}$/.test(value);
}

/** The time (ms since 1970) at which an id was made. */
export function timeOfId(id: string): number {
  let time = 0;
  for (const char of id.slice(0, TIME_LENGTH)) time = time * 32 + ALPHABET.indexOf(char);
  return time;
}

/** Sorts before every id that is made at a time (ms since 1970) or later, and after those from before it. */
export function firstIdOf(time: number): string {
  return encodeTime(Math.max(0, time));
}

function encodeTime(time: number): string {
  let text = "";
  let rest = time;
  for (let i = 0; i < TIME_LENGTH; i++) {
    text = ALPHABET[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function increment(digits: number[]): void {
  for (let i = digits.length - 1; i >= 0; i--) {
    const next = (digits[i] ?? 0) + 1;
    digits[i] = next % 32;
    if (next < 32) return;
  }
}
