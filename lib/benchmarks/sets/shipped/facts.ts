import type { BenchmarkPrompt } from "../../../shared/mod.ts";
import { choice, exact, number } from "./prompt.ts";

/** Things that stand in every encyclopaedia and will not change soon. */
export function facts(): BenchmarkPrompt[] {
  return [
    exact("What is the capital of Australia?", "Canberra"),
    exact("What is the capital of Canada?", "Ottawa"),
    exact("What is the chemical symbol of gold?", "Au"),
    exact("What is the chemical symbol of sodium?", "Na"),
    number("How many protons does an atom of carbon have?", 6),
    number("In which year did the Berlin Wall fall?", 1989),
    number("In which year did people first walk on the Moon?", 1969),
    exact("Who wrote the play Hamlet? Give the surname.", "Shakespeare", "William Shakespeare"),
    exact("Who painted the Mona Lisa?", "Leonardo da Vinci", "Leonardo", "da Vinci"),
    exact("Which planet of the solar system is the largest?", "Jupiter"),
    exact("Which planet is closest to the Sun?", "Mercury"),
    number("How many bones does an adult human usually have?", 206),
    exact("What is the longest bone of the human body?", "femur", "the femur", "thigh bone", "thighbone"),
    exact("Which ocean is the largest?", "Pacific", "the Pacific", "Pacific Ocean", "the Pacific Ocean"),
    exact("Which gas do plants take out of the air to make sugar?", "carbon dioxide", "CO2", "CO₂"),
    number("At how many degrees Celsius does water boil at sea level?", 100),
    number("How many sides does a dodecagon have?", 12),
    exact("In which country is the city of Porto?", "Portugal"),
    exact("Which river flows through Vienna and Budapest?", "Danube", "the Danube"),
    choice("Which of these is a mammal?", ["Penguin", "Dolphin", "Trout", "Gecko"], 1),
    choice("Which unit measures electrical resistance?", ["Volt", "Ampere", "Ohm", "Watt"], 2),
    choice("Which of these numbers is prime?", ["51", "57", "87", "97"], 3),
    choice("What does HTTP status 404 mean?", [
      "The request was not allowed",
      "Nothing was found there",
      "The server is overloaded",
      "The address has changed for good",
    ], 1),
    choice("Which blood cells carry oxygen?", ["Red ones", "White ones", "Platelets", "None of them"], 0),
    choice("Which language has the most native speakers in Brazil?", [
      "Spanish",
      "Portuguese",
      "English",
      "French",
    ], 1),
    exact("What is the hardest natural material?", "diamond"),
    number("How many players of one team are on the field in association football?", 11),
    exact("What is the currency of Japan?", "yen", "the yen", "Japanese yen", "the Japanese yen"),
    exact("Which metal is liquid at room temperature?", "mercury", "Hg"),
    number("How many degrees do the angles of a triangle add up to?", 180),
  ];
}
