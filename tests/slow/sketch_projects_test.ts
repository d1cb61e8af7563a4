import { buildAll } from "../studio/sketch_projects.ts";

Deno.test("more that Sketch writes passes the checks", () =>
  buildAll([
    {
      prompt:
        "An API for books with title, author and year, with pagination, search, authentication and tests",
      kinds: ["api"],
      files: ["main.ts"],
      next: ["remove the year field", "add rate limiting and an OpenAPI document"],
    },
    { prompt: "A crypto dashboard", kinds: ["ui"], files: ["index.html"], next: ["make it dark"] },
    { prompt: "A landing page for a bakery", kinds: ["ui"], files: ["index.html"], next: ["make it blue"] },
    { prompt: "A pomodoro timer", kinds: ["ui"], files: ["index.html"], next: ["add a dark mode toggle"] },
    { prompt: "A calculator", kinds: ["ui"], files: ["index.html"], next: [] },
    {
      prompt: "A REST API and a page for tasks with title and due date",
      kinds: ["ui", "api"],
      files: ["main.ts", "public/index.html"],
      next: ["add a notes field", "add authentication"],
    },
  ]));
