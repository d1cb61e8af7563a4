import type { BenchmarkPrompt } from "../../../shared/mod.ts";
import { choice, exact, number } from "./prompt.ts";

/** Small riddles that are solved by thinking, not by knowing. */
export function reasoning(): BenchmarkPrompt[] {
  return [
    choice("All flurps are green. Nothing green is heavy. Which must be true?", [
      "Some flurps are heavy",
      "No flurp is heavy",
      "All heavy things are flurps",
      "Every green thing is a flurp",
    ], 1),
    exact("Ada is taller than Ben. Cleo is shorter than Ben. Who is the shortest of the three?", "Cleo"),
    number("I have twice as many sisters as brothers and 9 siblings. How many brothers do I have?", 3),
    exact("If the day after tomorrow is Thursday, which day was yesterday?", "Monday"),
    number("What is the next number: 2, 6, 12, 20, 30, …?", 42),
    number("What is the next number: 3, 4, 7, 11, 18, 29, …?", 47),
    exact("Which letter comes next: A, C, F, J, O, …?", "U"),
    choice(
      "A cube is painted red and cut into 27 equal cubes. How many of them have exactly two red sides?",
      [
        "6",
        "8",
        "12",
        "24",
      ],
      2,
    ),
    choice("If it rains, the street is wet. The street is not wet. What follows?", [
      "It rains",
      "It does not rain",
      "It will rain",
      "Nothing",
    ], 1),
    choice("If it rains, the street is wet. The street is wet. What follows about the rain?", [
      "It rains",
      "It does not rain",
      "It has stopped raining",
      "Nothing for certain",
    ], 3),
    exact(
      "I stand facing north, turn right, turn right again, and then turn left. Which direction do I face?",
      "East",
    ),
    number(
      "A snail climbs 3 m up a wall each day and slips back 2 m each night. The wall is 10 m high. On which day does it reach the top?",
      8,
    ),
    exact(
      "Tom, Uma and Vic own a cat, a dog and a fish, one each. Tom has no fur at home. Uma is afraid of dogs. Who owns the dog?",
      "Vic",
    ),
    number(
      "In a drawer are 10 black and 10 white socks. How many do I have to take in the dark to be sure of a pair of one colour?",
      3,
    ),
    number("A clock takes 5 seconds to strike 6. How many seconds does it take to strike 12?", 11),
    exact(
      "Four runners: Kim is ahead of Lou, Max is behind Lou, Nia is ahead of Kim. Who is second?",
      "Kim",
    ),
    choice("Which word does not belong with the others?", ["Oak", "Birch", "Tulip", "Maple"], 2),
    choice("Glove is to hand as sock is to …", ["shoe", "foot", "wool", "leg"], 1),
    exact("Spell the word LAMP backwards, in capital letters.", "PMAL"),
    number("How many times does the letter E occur in the word REFERENCE?", 4),
    number(
      "Three boxes are labelled APPLES, PEARS and MIXED, and every label is wrong. How many fruits do I have to take out of one box to know all contents?",
      1,
    ),
    choice("Some artists are bakers. All bakers get up early. Which must be true?", [
      "All artists get up early",
      "Some artists get up early",
      "No artist gets up early",
      "All who get up early are bakers",
    ], 1),
    number("A farmer has 17 sheep. All but 9 run away. How many are left?", 9),
    exact(
      "A is the mother of B. B is the sister of C. C is the father of D. What is A to D, in one word?",
      "grandmother",
    ),
    number("In how many ways can 4 different books be put in a row?", 24),
    exact("Today is Saturday. Which day will it be in 100 days?", "Monday"),
  ];
}
