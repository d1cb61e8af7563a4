import { assertEquals, assertStringIncludes } from "@std/assert";
import { checkReplacement } from "./replacement.ts";

const PLACEHOLDERS: [path: string, line: string][] = [
  ["a.ts", "// ... rest of the code"],
  ["a.ts", "// ...rest of the code remains the same..."],
  ["a.ts", "  // rest of the code"],
  ["a.ts", "// Rest of your component stays the same"],
  ["a.ts", "// The rest of the file is unchanged."],
  ["a.ts", "// rest of imports"],
  ["a.ts", "// … remaining handlers …"],
  ["a.ts", "// existing code"],
  ["a.ts", "// ... existing code ..."],
  ["a.ts", "// [existing code here]"],
  ["a.ts", "// (previous code)"],
  ["a.ts", "/* existing imports */"],
  ["a.ts", "// Existing routes remain unchanged"],
  ["a.ts", "// other functions stay the same"],
  ["a.ts", "// --- same as before ---"],
  ["a.ts", "// Same code as above"],
  ["a.ts", "// unchanged"],
  ["a.ts", "// (unchanged)"],
  ["a.ts", "// No changes here"],
  ["a.ts", "// everything else is the same"],
  ["a.ts", "// code omitted for brevity"],
  ["a.ts", "// ... (omitted for brevity)"],
  ["a.ts", "// keep the existing code here"],
  ["a.ts", "// Keep the rest of the file as it is"],
  ["a.ts", "// your code here"],
  ["a.ts", "// implementation goes here"],
  ["a.ts", "// continue as before"],
  ["a.ts", "// ..."],
  ["a.ts", "..."],
  ["a.ts", "  …"],
  ["a.ts", "function a() { /* ... */ }"],
  ["a.ts", "run(); // ... rest unchanged"],
  ["a.tsx", "  {/* ... rest of the JSX ... */}"],
  ["a.tsx", "return <div>{/* existing content */}</div>;"],
  ["a.css", "/* ... existing styles ... */"],
  ["a.css", "/* rest of the styles remain the same */"],
  ["a.html", "<!-- same as before -->"],
  ["a.html", "<!-- Rest of the HTML -->"],
  ["a.html", "  <!-- ... -->"],
  ["a.html", "// ... rest of the script"],
  ["a.md", "<!-- rest of the document unchanged -->"],
  ["a.py", "# unchanged"],
  ["a.py", "    # ... rest of the code"],
  ["a.py", "# existing code"],
  ["a.yml", "# remaining config stays the same"],
  ["Dockerfile", "# ... same as before"],
  ["a.sql", "-- rest of the file unchanged"],
];

const HONEST: [path: string, line: string][] = [
  ["a.ts", "const { a, ...rest } = props;"],
  ["a.ts", "return [...existing, item];"],
  ["a.ts", "f(...rest); // spread the rest of the arguments"],
  ["a.ts", "// Rest parameters are passed on to the handler"],
  ["a.ts", "// Keep existing sessions alive for an hour"],
  ["a.ts", "// Other routes"],
  ["a.ts", "// Previous page"],
  ["a.ts", "// Previous page is disabled on the first one"],
  ["a.ts", "// unchanged since the last save"],
  ["a.ts", "return state; // unchanged"],
  ["a.ts", "if (a === b) return; // no change"],
  ["a.ts", "// same as above, for the minus sign"],
  ["a.ts", "// everything else is a 404"],
  ["a.ts", "// Include existing sessions in the count"],
  ["a.html", "<!-- Current page -->"],
  ["a.yml", "image: x # the same as in the Dockerfile"],
  ["a.ts", "// the previous value, for the undo"],
  ["a.ts", "// Existing notes are kept when the import fails"],
  ["a.ts", "// same origin only"],
  ["a.ts", "// The password is unchanged when the field is empty"],
  ["a.ts", "// here we go over all of them"],
  ["a.ts", "// Loading... is shown until the first answer"],
  ["a.ts", "/** The rest of the parameters are the same as for fetch(). */"],
  ["a.ts", 'const text = "... rest of the code";'],
  ["a.ts", "// returns the remaining milliseconds"],
  ["a.ts", "fetch('https://rest.example/existing');"],
  ["a.ts", '<input placeholder="Search...">'],
  ["a.py", "..."],
  ["a.py", "def f(): ...  # protocol"],
  ["a.md", "# Existing code"],
  ["a.md", "// ... rest of the code"],
  ["a.md", "..."],
  ["a.css", ".unchanged { color: red } #rest-of-code { }"],
  ["a.html", "<p>Loading ... the rest of the page</p>"],
];

for (const [path, line] of PLACEHOLDERS) {
  Deno.test(`placeholder in ${path}: ${line}`, () => {
    const after = `first\n${line}\nlast\n`;
    const problem = checkReplacement(path, undefined, after) ?? "";
    assertStringIncludes(problem, `Line 2 of ${path}`);
    assertStringIncludes(problem, JSON.stringify(line.trim()));
    assertEquals(checkReplacement(path, after, after), undefined, "it was there before");
  });
}

for (const [path, line] of HONEST) {
  Deno.test(`no placeholder in ${path}: ${line}`, () => {
    assertEquals(checkReplacement(path, undefined, `first\n${line}\nlast\n`), undefined);
  });
}

const file = (lines: number) => "x();\n".repeat(lines);

Deno.test("a large file that loses most of its lines is refused", () => {
  assertEquals(checkReplacement("a.ts", file(100), file(39)), "a.ts has shrunk from 100 lines to 39");
  assertEquals(checkReplacement("a.ts", file(100), file(40)), undefined);
  assertEquals(checkReplacement("a.ts", file(40), file(1)), undefined);
  assertEquals(checkReplacement("a.ts", file(41), file(16)), "a.ts has shrunk from 41 lines to 16");
  assertEquals(checkReplacement("a.ts", file(41).trimEnd(), file(17).trimEnd()), undefined);
  assertEquals(checkReplacement("a.ts", undefined, file(1)), undefined);
  assertEquals(checkReplacement("a.ts", file(10), file(100)), undefined);
});

Deno.test("a file that becomes empty is refused, an empty one may stay so", () => {
  assertEquals(checkReplacement("a.ts", file(3), "\n"), "a.ts has become empty");
  assertEquals(checkReplacement("a.ts", "", ""), undefined);
});

Deno.test("a long line is no trouble", () => {
  assertEquals(checkReplacement("a.js", undefined, `// ${"rest of the code ".repeat(100_000)}\n`), undefined);
});
