import type { Changes } from "./changes.ts";
import { featuresInWords, routesTable } from "./readme.ts";
import type { FollowUp } from "./follow_up.ts";
import { listed, plural } from "./naming.ts";
import type { Design, ProjectSpec } from "./spec.ts";

const RULES = "*I'm Sketch, the built-in rule-based model: I write projects by rules, without AI.*";

const PAGES: Readonly<Record<Design, string>> = {
  records: "a page with lists and forms",
  chat: "a chat with rooms, messages and a bot that answers",
  market: "a dashboard of prices, with candles, a watchlist and simulated data",
  appointments: "a calendar with a booking form that refuses what overlaps",
  landing: "a landing page with features, prices and a contact form",
  timer: "a timer with work and breaks",
  calculator: "a calculator",
};

const PAGE_NOTES: Readonly<Record<Design, string>> = {
  records:
    "Entries can be added, edited, deleted and searched. They stay in the browser's storage where the page may use it; in the preview they last until it is reloaded.",
  chat:
    "A bot answers by rules in place of other people. Messages stay in the browser's storage where the page may use it; in the preview they last until it is reloaded.",
  market:
    "All prices are **simulated**: a random walk from a fixed seed, marked as such on the page. Nothing is loaded from the network.",
  appointments:
    "Appointments that overlap are refused; the list can be saved as an `.ics` file. They stay in the browser's storage where the page may use it.",
  landing:
    "The texts are examples. The contact form checks what is entered and sends nothing anywhere: connect it to a server of yours.",
  timer: "It counts by the clock, so it stays right in a tab in the background.",
  calculator: "It takes clicks and keys, and has an expression parser of its own.",
};

/** What is said before the files of a first version. */
export function firstPlan(spec: ProjectSpec): string {
  const things = listed(spec.resources.map(({ name }) => plural(name)));
  if (!spec.kinds.includes("api")) {
    const about = spec.design === "records" ? ` for ${things}` : "";
    return `I write “${spec.title}”: ${PAGES[spec.design]}${about}, in plain HTML, CSS and TypeScript.`;
  }
  const page = spec.kinds.includes("ui") ? " and a page in `public/` that uses it" : "";
  return `I write “${spec.title}”: an API on Hono for ${things}${page}, with checks of what is sent, pages of lists and tests.`;
}

/** What is said after them. */
export function firstSummary(spec: ProjectSpec): string {
  const parts: string[] = [];
  if (spec.kinds.includes("api")) {
    const extras = featuresInWords(spec);
    parts.push(
      `**${spec.title}** keeps ${
        listed(spec.resources.map(({ name, fields }) =>
          `${plural(name)} (${
            fields.map((field) => field.name).join(", ")
          })`
        ))
      } in memory.${extras ? ` It has ${extras}.` : ""}`,
      routesTable(spec),
    );
    if (spec.kinds.includes("ui")) {
      parts.push("The page in `public/` lists, adds, edits and deletes them through the API.");
    }
  } else {
    parts.push(`**${spec.title}** is ${PAGES[spec.design]}. ${PAGE_NOTES[spec.design]}`, LOOK[spec.theme]);
  }
  parts.push(
    `\`project.json\` says what it is made from; I change the project by it. You can ask for: ${
      suggestions(spec)
    }.`,
    RULES,
  );
  return parts.join("\n\n");
}

const LOOK = {
  auto: "It fits phones and wide screens, and is light or dark as the system is.",
  light: "It fits phones and wide screens, and is light.",
  dark: "It fits phones and wide screens, and is dark.",
};

function suggestions(spec: ProjectSpec): string {
  if (!spec.kinds.includes("api")) {
    const fields = spec.design === "records"
      ? `*"add a rating field to ${plural(spec.resources[0]?.name ?? "item")}"*, `
      : "";
    return `${fields}*"make it dark"*, *"make it blue"*, *"add a dark mode toggle"* or *"change the title to …"*`;
  }
  return '*"add authentication"*, *"add search and sorting"*, *"add an OpenAPI document"*, *"add a priority field"* or *"add a resource comments"*';
}

/** What is said after a change. */
export function followUpSummary(result: FollowUp, changes: Changes): string {
  const parts = [...result.did, ...result.already].map((text) => `- ${text}.`);
  const notes = [
    ...result.unknown.map((text) => `I did not understand “${shortened(text)}” and left it.`),
    note(
      changes.locked,
      "is locked, so I left it as it is; the change may be incomplete",
      "are locked, so I left them as they are; the change may be incomplete",
    ),
    note(
      changes.kept,
      "was edited by hand where it would have to change, so I left it",
      "were edited by hand where they would have to change, so I left them",
    ),
    note(
      changes.merged,
      "was edited by hand; I changed only the lines that had to",
      "were edited by hand; I changed only the lines that had to",
    ),
    note(
      changes.unseen,
      "was not shown to me whole, so I wrote it anew",
      "were not shown to me whole, so I wrote them anew",
    ),
  ].filter(Boolean);
  return [parts.join("\n"), notes.join("\n\n")].filter(Boolean).join("\n\n");
}

/** What is said when nothing can be done. */
export const cannotAnswer = {
  notMine:
    `I can only change projects that I began: their \`project.json\` says what they are made from, and here is none that I can read. Nothing is changed. ${RULES}`,
  notUnderstood: (request: string) =>
    `I did not understand “${
      shortened(request)
    }”, so nothing is changed. What I can do to a project: add, rename or remove fields and resources; add or remove ` +
    "authentication, search, sorting, rate limiting, an OpenAPI document, CORS, logging and a theme switch; make a page light, dark or of another colour; and change " +
    `the title. For anything else, choose a language model. ${RULES}`,
};

/** What is said after a repair. */
export function repairSummary(paths: string[]): string {
  if (paths.length === 0) {
    return "The files are just as I would write them, so I know no repair. Edit them by hand, or choose a language model for this project.";
  }
  return `I wrote ${listed(paths.map((path) => `\`${path}\``))} anew, as \`project.json\` says.`;
}

/** One to three words. */
export function shortTitle(title: string): string {
  return title.split(/\s+/).slice(0, 3).join(" ").replace(/\s+(?:and|or|of|the|a)$/i, "");
}

function note(paths: string[], one: string, many: string): string {
  if (paths.length === 0) return "";
  return `${listed(paths.map((path) => `\`${path}\``))} ${paths.length === 1 ? one : many}.`;
}

function shortened(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
