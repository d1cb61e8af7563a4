import type { BenchmarkPrompt, JsonValue } from "../../../shared/mod.ts";
import { json } from "./prompt.ts";

const NOTES: readonly (readonly [fields: string, note: string, answer: JsonValue])[] = [
  ['"name" and "age"', "Our new colleague Petra Lind is 34 and comes from Bergen.", {
    name: "Petra Lind",
    age: 34,
  }],
  ['"city" and "nights"', "We booked three nights in Ghent, right behind the castle.", {
    city: "Ghent",
    nights: 3,
  }],
  ['"colour" and "price" (a number)', "The blue kettle was 39.90 last week.", {
    colour: "blue",
    price: 39.9,
  }],
  ['"date" (YYYY-MM-DD)', "The meeting was moved to the 4th of March 2027.", { date: "2027-03-04" }],
  ['"from" and "to"', "The ferry leaves Split at eight and reaches Hvar an hour later.", {
    from: "Split",
    to: "Hvar",
  }],
  ['"fruits" (an array, in the order of the text)', "Please bring pears, two lemons and some plums.", {
    fruits: ["pears", "lemons", "plums"],
  }],
  ['"open" (true or false)', "Sorry, the pool is closed until Monday.", { open: false }],
  ['"email"', "Write to Jonas at jonas.k@example.org, he never answers his phone.", {
    email: "jonas.k@example.org",
  }],
  ['"hours" and "minutes"', "The film runs for two hours and seventeen minutes.", { hours: 2, minutes: 17 }],
  ['"team" and "goals"', "Harbour FC won; they scored four times.", { team: "Harbour FC", goals: 4 }],
  ['"sender" and "amount" (a number)', "Ines has sent you 125 euros for the tickets.", {
    sender: "Ines",
    amount: 125,
  }],
  [
    '"temperature" (°C, a number) and "wind" ("none", "light" or "strong")',
    "Minus six and not a breath of wind.",
    {
      temperature: -6,
      wind: "none",
    },
  ],
  ['"title" and "year"', "I am reading The Salt Road, which came out in 1998.", {
    title: "The Salt Road",
    year: 1998,
  }],
  ['"priority" ("low" or "high")', "The server is on fire, come at once!", { priority: "high" }],
  ['"width", "height" and "unit"', "The window measures 120 by 80 centimetres.", {
    width: 120,
    height: 80,
  }],
  ['"languages" (an array in alphabetical order)', "She speaks Polish, Danish and a little Greek.", {
    languages: ["Danish", "Greek", "Polish"],
  }],
  ['"person" (an object with "first" and "last")', "The prize went to Olga Marsh.", {
    person: { first: "Olga", last: "Marsh" },
  }],
  ['"phone" (null where there is none)', "You can reach the office by letter only.", { phone: null }],
  ['"count"', "Four of the dozen eggs were broken, so count what is left.", { count: 8 }],
  [
    '"start" and "end" (HH:MM, 24 hours)',
    "The shop opens at half past nine and shuts at six in the evening.",
    {
      start: "09:30",
      end: "18:00",
    },
  ],
];

/** Small notes of which fields are to be taken, as JSON. */
export function extraction(): BenchmarkPrompt[] {
  return NOTES.map(([fields, note, answer]) =>
    json(`Make a JSON object of this note, with the fields ${fields}.\n\nNote: ${note}`, answer)
  );
}
