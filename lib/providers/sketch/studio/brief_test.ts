import { assert, assertEquals } from "@std/assert";
import type { ProjectKind } from "../../../shared/mod.ts";
import { readBrief } from "./brief.ts";
import { renderProject } from "./render.ts";
import { DESIGNS, type ProjectSpec } from "./spec.ts";
import { readTemplate } from "./templates.ts";
import { PAGE_FILES } from "./ui_files.ts";

/** What is asked for, of which kinds, and what comes of it: title, design, and then features and resources as they are. */
const BRIEFS: [request: string, kinds: ProjectKind[], title: string, design: string, rest: string][] = [
  ["An appointment system with a calendar", ["ui"], "Appointments", "appointments", ""],
  ["Ein Terminkalender", ["ui"], "Appointments", "appointments", ""],
  ["A landing page for a small bakery", ["ui"], "Small Bakery", "landing", ""],
  ["A pomodoro timer", ["ui"], "Timer", "timer", ""],
  ["A scientific calculator", ["ui"], "Calculator", "calculator", ""],
  ["A chat application with rooms", ["ui"], "Chat", "chat", ""],
  ["A crypto dashboard with a dark mode toggle", ["ui"], "Crypto Dashboard", "market", "themeToggle"],
  [
    'A recipe app with title, ingredients and instructions, called "My Kitchen"',
    ["ui"],
    "My Kitchen",
    "records",
    "recipe: title text, ingredients list, instructions long",
  ],
  [
    "A todo list",
    ["ui"],
    "Todos",
    "records",
    "todo: title text, done boolean, due date date, priority choice",
  ],
  [
    "Something nice",
    ["ui"],
    "Items",
    "records",
    "item: name text, quantity number, price number, category text",
  ],
  [
    "A REST API for notes with title, body and a status (open, done)",
    ["api"],
    "Notes API",
    "records",
    "note: title text, body long, status choice",
  ],
  [
    "An API for books with title, author and year, with pagination, search, authentication and tests",
    ["api"],
    "Books API",
    "records",
    "auth; search; book: title text, author text, year number",
  ],
  [
    "API for users and orders with rate limiting, CORS and OpenAPI",
    ["api"],
    "Orders and Users API",
    "records",
    "rateLimit; openapi; cors; order: customer text, total number, status choice; user: name text, email email",
  ],
  [
    "An API for blog posts with title, body and tags, and comments with author and text",
    ["api"],
    "Blog Posts and Comments API",
    "records",
    "blog post: title text, body long, tags list; comment: author text, text long",
  ],
  [
    "A REST API and a page for tasks with title and due date",
    ["ui", "api"],
    "Tasks",
    "records",
    "task: title text, due date date",
  ],
];

Deno.test("a first request chooses the page, the features and what is kept", () => {
  for (const [request, kinds, title, design, rest] of BRIEFS) {
    const spec = readBrief(request, kinds);
    assertEquals([spec.title, spec.kinds, spec.design, restOf(spec)], [title, kinds, design, rest], request);
  }
});

Deno.test("a first request chooses the look", () => {
  const looks = [
    "A calculator",
    "A dark calculator in blue",
    "A light timer, orange buttons",
    "A chat that can switch between dark and light",
  ]
    .map((request) => readBrief(request, ["ui"])).map(({ theme, accent }) => `${theme} ${accent}`);
  assertEquals(looks, ["auto teal", "dark blue", "light orange", "auto teal"]);
});

Deno.test("every page has its templates, and all that they name is filled in", async () => {
  for (const design of DESIGNS) {
    for (const name of ["index.html", "page.css", ...PAGE_FILES[design]]) {
      assert((await readTemplate(`ui/${design}/${name}`)).length > 0, `${design}/${name}`);
    }
    const spec: ProjectSpec = {
      ...readBrief('notes, called "Q\'s <b> & more"', ["ui"]),
      design,
      features: ["themeToggle"],
    };
    const files = await renderProject(spec);
    const paths = new Set(files.map(({ path }) => path));
    assertEquals(paths.size, files.length);
    for (const { path, content } of files) {
      const left = /~(?:title|slug|theme|accentLight|accentDark)~|#(?:if|each|put|end)\b/.exec(content);
      assertEquals(left, null, `${design}/${path}`);
      const imports = [...content.matchAll(/from "\.\/([^"]+)"|(?:src|href)="\.\/([^"]+)"/g)];
      for (const [, a, b = ""] of imports) assert(paths.has(a ?? b), `${design}/${path} needs ${a ?? b}`);
      assert(!/https?:\/\/(?!www\.w3\.org|example\.|localhost)/.test(content), `${design}/${path}: remote`);
    }
  }
});

function restOf({ features, resources }: ProjectSpec): string {
  const kept = resources.map(({ name, fields }) =>
    `${name}: ${fields.map((field) => `${field.name} ${field.type}`).join(", ")}`
  );
  return [...features, ...kept].join("; ");
}
