import { assertEquals } from "@std/assert";
import { PROCESS_OPTIONS } from "../lib/app/mod.ts";
import project from "../deno.json" with { type: "json" };

const readme = await Deno.readTextFile(new URL("../README.md", import.meta.url));

/** The table of settings as the README has to show it; `UPDATE=1 deno test tests/readme_test.ts` writes it. */
function optionsTable(): string {
  const rows = PROCESS_OPTIONS.map(({ env, flag, fallback, description }) =>
    `| \`${env}\` | \`${flag}\` | ${fallback} | ${description} |`
  );
  return ["| variable | flag | default | what it does |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

Deno.test("the README's table of settings is the one of the code", async () => {
  const pattern = /(<!-- options -->\n)[\s\S]*?(<!-- \/options -->)/;
  const expected = readme.replace(pattern, (_, start, end) => `${start}\n${optionsTable()}\n\n${end}`);
  if (Deno.env.get("UPDATE")) await Deno.writeTextFile(new URL("../README.md", import.meta.url), expected);
  else assertEquals(squeeze(readme), squeeze(expected));
});

Deno.test("the README names every task", () => {
  for (const task of Object.keys(project.tasks)) assertEquals(readme.includes(`\`${task}\``), true, task);
});

/** The formatter pads tables; what counts is what they say. */
function squeeze(text: string): string {
  return text.replaceAll(/[ -]+/g, " ");
}
