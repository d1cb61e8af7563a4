import { buildAll } from "../studio/sketch_projects.ts";

Deno.test("what Sketch writes passes the checks, and follow-ups change only what they must", () =>
  buildAll([
    {
      prompt: "A REST API for notes with title, body and a status (open, done)",
      kinds: ["api"],
      files: ["main.ts", "deno.json"],
      next: ["add authentication", "add a priority field to notes"],
    },
    {
      prompt: "A chat application with rooms",
      kinds: ["ui"],
      files: ["index.html"],
      next: ["make it light"],
    },
    { prompt: "A crypto dashboard with a watchlist", kinds: ["ui"], files: ["index.html"], next: [] },
    {
      prompt: "An appointment system with a calendar",
      kinds: ["ui"],
      files: ["index.html"],
      next: ["add a phone number and a required room (north, south) to the form"],
    },
    {
      prompt: "A REST API and a page for tasks with title and due date",
      kinds: ["ui", "api"],
      files: ["main.ts", "public/index.html"],
      next: [],
    },
  ]));
