import type { BenchmarkPrompt } from "../../../shared/mod.ts";

/** Short things that people say to a chat. What is measured is time: there is no one right answer. */
export function chat(): BenchmarkPrompt[] {
  return [
    "Say hello and ask me how my day was.",
    "Give me three ideas for a quick dinner with eggs.",
    "Explain in two sentences why the sky looks blue.",
    "Write a friendly reply to a neighbour who returned my ladder.",
    "Suggest a name for a small bakery by the sea.",
    "What should I pack for a weekend in the mountains?",
    "Turn this into a polite sentence: send me the file now.",
    "Name four birds that can be seen in a city park.",
    "How do I get a coffee stain out of a white shirt?",
    "Write a two-line poem about a train at night.",
    "Give me a short warm-up before running.",
    "Explain what a library card is to a child of six.",
    "What are two good questions to ask in a job interview?",
    "Describe the smell of rain in one sentence.",
    "How long should I let bread dough rise, and why?",
    "Recommend a game for four people and a deck of cards.",
    "Write a short message to cancel a dentist's appointment.",
    "What is the difference between a hill and a mountain?",
    "Give me one tip for learning ten new words a day.",
    "Tell me in one paragraph how a bicycle stays upright.",
    "Write a caption for a photo of a sleeping cat.",
    "How can I make a small room look larger?",
    "List three things to check before a long drive.",
    "End our talk with a kind sentence.",
  ].map((text) => ({ text }));
}
