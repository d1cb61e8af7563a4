import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { renderStudioPrompt, type StudioPrompt } from "../../../shared/mod.ts";
import { answerStudioPrompt } from "./answer.ts";
import { readStudioPrompt } from "./prompt.ts";

const BOOKS = "An API for books with title, author and year, and search";
const SIGHTED = { image: false };

Deno.test("the same prompt gets the same answer", async () => {
  for (const kinds of [["ui"], ["api"], ["ui", "api"]] as StudioPrompt["kinds"][]) {
    const prompt = promptFor({ kinds, request: "recipes with title and minutes" });
    assertEquals(await answerStudioPrompt(prompt, SIGHTED), await answerStudioPrompt(prompt, SIGHTED));
  }
});

Deno.test("a first version is a plan, files, a title and a summary", async () => {
  const answer = await answerStudioPrompt(promptFor({ request: "A calculator" }), SIGHTED);
  assert(answer.startsWith("I write “Calculator”"));
  assertEquals(pathsOf(answer), [
    "index.html",
    "app.ts",
    "expression.ts",
    "dom.ts",
    "base.css",
    "page.css",
    "project.json",
  ]);
  assert(/\nTITLE: Calculator\n\n\*\*Calculator\*\* is [^]+\n\n### END$/.test(answer));
  const seen = await answerStudioPrompt(promptFor({ request: "A calculator" }), { image: true });
  assertStringIncludes(seen, "I cannot see images");
});

Deno.test("a follow-up writes only the files that change", async () => {
  const books = await project(BOOKS, ["api"]);
  const own = ["project.json", "README.md"];
  const cases: [request: string, paths: string[]][] = [
    ["add a notes field", ["schema/books.ts", "books_test.ts", ...own]],
    ["remove the year field", ["schema/books.ts", "books_test.ts", ...own]],
    ["rename the author field to writer", ["schema/books.ts", "books_test.ts", ...own]],
    ["add authentication", [
      "app.ts",
      "auth/accounts.ts",
      "auth/auth_test.ts",
      "auth/require_user.ts",
      "auth/routes.ts",
      "books_test.ts",
      "testing.ts",
      ...own,
    ]],
  ];
  for (const [request, expected] of cases) {
    const answer = await answerStudioPrompt(followUp(books, request, { kinds: ["api"] }), SIGHTED);
    assertEquals(pathsOf(answer).toSorted(), expected.toSorted(), request);
  }
});

Deno.test("the form of an appointment system gets further fields, and only what holds them is written", async () => {
  const system = await project("An appointment system", ["ui"]);
  const more = ["more_fields.ts", "project.json"];
  const cases: [request: string, paths: string[]][] = [
    ["add a phone number field", more],
    ["appointments should have a room and a priority (low, high)", more],
    ["add a due date to the booking form", more],
    ["add a notes field", []],
  ];
  for (const [request, expected] of cases) {
    const answer = await answerStudioPrompt(followUp(system, request), SIGHTED);
    assertEquals(pathsOf(answer).toSorted(), expected, request);
  }
  const notes = await answerStudioPrompt(followUp(system, "add a notes field"), SIGHTED);
  assertStringIncludes(notes, "Appointments have notes already");
  const added = await answerStudioPrompt(followUp(system, "add a phone number field"), SIGHTED);
  assertStringIncludes(added, '{ name: "phoneNumber", label: "Phone number", type: "text" }');
});

Deno.test("a resource that is renamed takes its files with it", async () => {
  const prompt = followUp(await project(BOOKS, ["api"]), "rename books to novels", { kinds: ["api"] });
  const answer = await answerStudioPrompt(prompt, SIGHTED);
  const deleted = [...answer.matchAll(/^### DELETE (.+)$/gm)].map(([, path]) => path);
  assertEquals(deleted.toSorted(), ["books_test.ts", "routes/books.ts", "schema/books.ts", "store/books.ts"]);
  for (const path of deleted) assert(pathsOf(answer).includes(String(path).replace("books", "novels")));
  const written = answer.slice(answer.indexOf("### FILE "), answer.indexOf("### DELETE "));
  assertEquals(/.*book.*/i.exec(written)?.[0], undefined);
});

Deno.test("a change of the look leaves the code alone", async () => {
  const chat = await project("A chat application with rooms", ["ui"]);
  const cases: [string, string[]][] = [
    ["make it light", ["index.html", "project.json"]],
    ["make it blue", ["base.css", "project.json"]],
    ["add a dark mode toggle", ["app.ts", "index.html", "theme_switch.ts", "project.json"]],
  ];
  for (const [request, expected] of cases) {
    const answer = await answerStudioPrompt(followUp(chat, request), SIGHTED);
    assertEquals(pathsOf(answer).toSorted(), expected.toSorted(), request);
  }
});

Deno.test("locked files stay, and files edited by hand keep their edits", async () => {
  const chat = await project("A chat application with rooms", ["ui"]);
  const locked = followUp(chat, "make it blue", { lockedPaths: ["base.css"] });
  const answer = await answerStudioPrompt(locked, SIGHTED);
  assertEquals(pathsOf(answer), ["project.json"]);
  assertStringIncludes(answer, "`base.css` is locked");

  const edited = chat.map((file) =>
    file.path === "base.css" ? { ...file, content: `${file.content}\n.mine {\n  color: red;\n}\n` } : file
  );
  const merged = await answerStudioPrompt(followUp(edited, "make it blue"), SIGHTED);
  assertStringIncludes(merged, ".mine {");
  assertStringIncludes(merged, "I changed only the lines that had to");
});

Deno.test("what is not understood, or not begun here, changes nothing and says so", async () => {
  const chat = await project("A chat application with rooms", ["ui"]);
  const unknown = await answerStudioPrompt(followUp(chat, "paint a dragon"), SIGHTED);
  assertEquals(pathsOf(unknown), []);
  assertStringIncludes(unknown, "I did not understand “paint a dragon”, so nothing is changed");
  const files = [{ path: "index.html", content: "<p>Hello</p>\n" }];
  const foreign = await answerStudioPrompt(followUp(files, "make it dark"), SIGHTED);
  assertEquals(pathsOf(foreign), []);
  assertStringIncludes(foreign, "I can only change projects that I began");
});

Deno.test("a plan lists all files with their purpose, and files are written one by one", async () => {
  const request = "A pomodoro timer";
  const plan = await answerStudioPrompt(promptFor({ task: "plan", request }), SIGHTED);
  const planned = [...plan.matchAll(/^- (\S+): \S.*$/gm)].map(([, path]) => path);
  assert(plan.startsWith("### PLAN\n- ") && plan.endsWith("\n### END"));
  const whole = await answerStudioPrompt(promptFor({ request }), SIGHTED);
  assertEquals(planned, pathsOf(whole));
  for (const task of ["file", "resume"] as const) {
    const wanted = ["countdown.ts", "page.css"];
    const answer = await answerStudioPrompt(promptFor({ task, request, wanted, plan }), SIGHTED);
    assertEquals(pathsOf(answer), wanted);
    assertEquals(blockOf(answer, "page.css"), blockOf(whole, "page.css"));
    assert(/\nTITLE: Timer\n\n[^]+\n\n### END$/.test(answer));
  }
  const missing = promptFor({ task: "file", request, wanted: ["nowhere.ts"], plan });
  assertStringIncludes(await answerStudioPrompt(missing, SIGHTED), "I have nothing to write for nowhere.ts");
});

Deno.test("a repair writes anew what differs and was found wrong", async () => {
  const timer = await project("A pomodoro timer", ["ui"]);
  const broken = timer.map((file) =>
    ["app.ts", "page.css"].includes(file.path) ? { ...file, content: "{\n" } : file
  );
  const repair = { task: "repair" as const, problems: "app.ts:1: Unexpected end" };
  const answer = await answerStudioPrompt(followUp(broken, "A pomodoro timer", repair), SIGHTED);
  assertEquals(pathsOf(answer), ["app.ts"]);
  const locked = followUp(broken, "A pomodoro timer", { ...repair, lockedPaths: ["app.ts", "page.css"] });
  const nothing = await answerStudioPrompt(locked, SIGHTED);
  assertEquals(pathsOf(nothing), []);
  assertStringIncludes(nothing, "I know no repair");
});

/** A prompt as Sketch gets it: written and read again. */
function promptFor(parts: Partial<StudioPrompt>): StudioPrompt {
  return readStudioPrompt(renderStudioPrompt({
    task: "version",
    kinds: ["ui"],
    files: [],
    outlines: [],
    lockedPaths: [],
    request: "",
    earlierRequests: [],
    wanted: [],
    plan: "",
    problems: "",
    ...parts,
  }));
}

function followUp(
  files: StudioPrompt["files"],
  request: string,
  parts: Partial<StudioPrompt> = {},
): StudioPrompt {
  return promptFor({ files, request, ...parts });
}

/** The files of a first answer. */
async function project(request: string, kinds: StudioPrompt["kinds"]): Promise<StudioPrompt["files"]> {
  const answer = await answerStudioPrompt(promptFor({ request, kinds }), SIGHTED);
  const files = answer.slice(answer.indexOf("### FILE "), answer.lastIndexOf("\nTITLE: "));
  return readStudioPrompt(`## FILES\n${files}\n\n## REQUEST\n${request}`).files;
}

function pathsOf(answer: string): string[] {
  return [...answer.matchAll(/^### FILE (.+)$/gm)].flatMap(([, path]) => path ?? []);
}

function blockOf(answer: string, path: string): string {
  const [, block = ""] = new RegExp(`^### FILE ${path}\\n(\`{3,}\\w*\\n[^]*?\\n\`{3,})$`, "m").exec(answer) ??
    [];
  assert(block !== "", `no ${path}`);
  return block;
}
