import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { renderBlock, renderMarkdown, renderOpenBlock } from "./render.ts";
import { BlockSplitter, splitBlocks } from "./splitter.ts";

/** The formulas of a text, displayed ones marked. */
function formulas(source: string): string[] {
  const html = renderMarkdown(source);
  return [...html.matchAll(/<(?:span|div) class="math( math--display)?">([^<]*)</g)]
    .map(([, display, tex = ""]) => `${display ? "display " : ""}${tex}`);
}

Deno.test("formulas are found by their marks", () => {
  assertEquals(formulas("Is $x^2$ and \\(a_1 + b_1\\) so?"), ["x^2", "a_1 + b_1"]);
  assertEquals(formulas("Here: $$E = mc^2$$ inside"), ["display E = mc^2"]);
  assertEquals(formulas("$$\nE = mc^2\n$$\n\ntext\n\n\\[\nx < 1\n\\]"), [
    "display E = mc^2",
    "display x &lt; 1",
  ]);
  assertEquals(formulas("text before\n\\[ x \\]\ntext after"), ["display x"]);
  assertEquals(formulas("- item $a$\n- $$b$$"), ["a", "display b"]);
  assertEquals(formulas("| a | b |\n| --- | --- |\n| $x$ | **$y$** |"), ["x", "y"]);
  assertEquals(formulas("$a * b * c$ and $\\{x\\}$ and $\\$5$"), ["a * b * c", "\\{x\\}", "\\$5"]);
});

Deno.test("prices, shells and code are no formulas", () => {
  const texts = [
    "It costs $5 and $10.",
    "From $5-$10, US$5 or C$6, $5,$6",
    "5$ and 6$ and $ x $",
    "$5, or maybe 6$.",
    "`$x$` and ``\\(y\\)``",
    "```sh\necho $HOME $PATH\n$$x$$\n```",
    "    $x$",
    "$HOME/bin:$PATH",
    "\\$x\\$ and \\\\(y\\\\)",
    "$x\ny$",
    "$5 `code` 6$",
    "a $ b",
    "\\[a link\\](https://example.com)",
    "$$",
    "$$ open\n\nand closed $$",
  ];
  for (const text of texts) assertEquals([text, formulas(text)], [text, []]);
});

Deno.test("lines that look like lists or headings stay within their formula", () => {
  const source = "Before\n\\[\n\\begin{aligned}\na &= b \\\\\n- c &= d\n# e\n\\end{aligned}\n\\]\nAfter";
  assertEquals(formulas(source), [
    "display \\begin{aligned}\na &amp;= b \\\\\n- c &amp;= d\n# e\n\\end{aligned}",
  ]);
  assertEquals(splitBlocks(source).length, 3);
});

Deno.test("a formula that never ends costs nothing after the next blank line", () => {
  assertStringIncludes(renderMarkdown("$$ x\n- y\n\n**bold**"), "<strong>bold</strong>");
});

Deno.test("a formula cannot bring HTML along", () => {
  const html = renderMarkdown(
    '$<img src=x onerror=alert(1)>$\n\n$$</div><script>alert(1)</script>$$\n\n<span class="math">x</span>',
  );
  assertFalse(/<img|<script|<span class="math">x/.test(html));
});

Deno.test("a formula that is being written shows its source as one", () => {
  const splitter = new BlockSplitter();
  const { open } = splitter.push("$$\n\\frac{a_1}{b_");
  assertEquals(renderOpenBlock(open), '<div class="math math--display">\\frac{a_1}{b_</div>\n');
  assertEquals(renderBlock("a $x_1$ b_"), '<p>a <span class="math">x_1</span> b_</p>\n');
});
