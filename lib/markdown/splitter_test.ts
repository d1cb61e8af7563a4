import { assert, assertEquals, assertLess, assertStrictEquals } from "@std/assert";
import { type Block, BlockSplitter, renderBlock, splitBlocks } from "./mod.ts";

const DOCUMENTS = [
  "Hello",
  "Just a paragraph\nof two lines.\n\nAnd another.\n",
  "# Title\nText at once.\n## Next\n\n---\n\nAfter a rule.",
  "Title\n=====\n\nText\n\nSub\n---\n1. one\n2. two\n",
  "1. Install it:\n```bash\nnpm i\n```\n2. Run it:\n```bash\nnpm start\n\nnpm stop\n```\n\nDone.",
  "1. Install it:\n\n   ```bash\n   npm i\n\n   npm ci\n   ```\n\n2. Run it\n\n   - with care\n   - or not\n\nDone.",
  "- a\n- b\n\n- c, so the list is loose\n\n\n- d\n\nAfter.",
  "- a\n  - nested\n\n    with a paragraph\n  - more\n- b\n* another list\n* more",
  "Steps:\n- one\n- two\nlazy line\n\nText",
  "* a\n***\n* b",
  "> quote\n> > nested\nlazy\n\n> another\n> ```\n> code\n> ```\n2. item after a quote\n\n3. more",
  "    indented code\n\n    goes on\n\ntext\n    lazy, no code\n\n    code again",
  "| a | b |\n|---|:-:|\n| 1 | 2 |\n| `x` | **y** |\n\nAfter the table",
  "Text\n| a | b |\n|---|---|\n| 1 | 2 |\n- list ends it",
  "<details>\n<summary>More</summary>\n\nSome **Markdown**\n\n- a\n- b\n\n```js\nlet a;\n```\n\n</details>\n\nAfter",
  "<details><details>\n\ninner\n\n</details>\n\nouter\n\n</details>\n\nAfter",
  "<!-- a comment\n\nover blank lines -->\n\nText\n\n<pre>\na\n\nb\n</pre>\n\n<div>\nraw\n\ntext",
  "```\nno language\n```\n~~~python title=x\nprint('~~~')\n\n~~~\n````md\n```js\nx\n```\n````\nend",
  "text `code\nspan` and **bold\nacross** lines\n\n```ts\nnever closed\n\n  still open",
  "- [ ] todo\n- [x] done\n\n10. ten\n11. eleven\n\n1) other kind",
  "\n\n\n  leading blank lines and spaces\n\n\n\nmany between\n\n",
  "A line\r\nwith CRLF\r\n\r\n```js\r\nx\r\n```\r\nend\r\n",
  "  ```js\n  indented fence\n    more\n  ```\nafter",
  "- # heading in an item\n- ```js\n  code in an item\n\n  more\n  ```\n- last",
  "中文段落\n\n- 列表 🎉\n- عربى\n\nEmoji 👩‍👩‍👧‍👦 end",
];

const LINES =
  ("text here|more **bold** text||||- a|- b|  - nested|* star|1. one|2. two|3) paren|   indented3|    indented4|" +
    "  two|> quote|> - q list|> ```|```ts|```|~~~|  ```js|   ```|# Head|## Head 2|---|***|===|<div>|</div>|<details>|" +
    "<summary>s</summary>|</details>|<!-- c|end -->|<script>x</script>|<pre>x|y</pre>|10. ten| - one space|\tTab|" +
    "`code` <kbd>x</kbd>|- [ ] task|line with trailing  |![i](http://x/y.png)|lazy|- # h|``|    - deep|1. x")
    .split("|");
const TABLES = ["| a | b |\n|---|---|\n| 1 | 2 |", "| x |\n|:-:|"];

/** A small generator with a seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function pick<T>(items: readonly T[], next: () => number): T {
  const item = items[Math.floor(next() * items.length)];
  assert(item !== undefined);
  return item;
}

function randomDocument(next: () => number): string {
  const lines = [...LINES, ...TABLES];
  return Array.from({ length: 2 + Math.floor(next() * 9) }, () => pick(lines, next)).join("\n");
}

const withoutSpace = (html: string) => html.replace(/\s+/g, "");
const renderedApart = (text: string) => splitBlocks(text).map((block) => renderBlock(block)).join("");

function pushInChunks(text: string, next: () => number, largest: number): readonly Block[] {
  const splitter = new BlockSplitter();
  for (let at = 0; at < text.length;) {
    const size = 1 + Math.floor(next() * largest);
    splitter.push(text.slice(at, at + size));
    at += size;
  }
  return splitter.finish();
}

Deno.test("blocks rendered one by one make the HTML of the whole", () => {
  for (const text of DOCUMENTS) {
    assertEquals(withoutSpace(renderedApart(text)), withoutSpace(renderBlock(text)), text);
  }
});

Deno.test("blocks of random documents make the HTML of the whole", () => {
  const differing: string[] = [];
  for (let seed = 0; seed < 3_000; seed++) {
    const text = randomDocument(random(seed));
    if (withoutSpace(renderedApart(text)) !== withoutSpace(renderBlock(text))) differing.push(text);
  }
  assertEquals(differing, []);
});

Deno.test("any chunking gives the same blocks", () => {
  for (const [seed, text] of DOCUMENTS.entries()) {
    const whole = splitBlocks(text);
    for (const largest of [1, 3, 17]) {
      assertEquals(pushInChunks(text, random(seed), largest), whole, text);
    }
  }
});

Deno.test("the state depends on the text so far only", () => {
  for (const text of DOCUMENTS) {
    const splitter = new BlockSplitter();
    for (let at = 0; at < text.length; at++) {
      const state = splitter.push(text.charAt(at));
      assertEquals(state, new BlockSplitter().push(text.slice(0, at + 1)), text.slice(0, at + 1));
    }
  }
});

Deno.test("finished blocks keep their identity and index", () => {
  const splitter = new BlockSplitter();
  const first = splitter.push("One\n\nTwo").finished;
  const block = first[0];
  const { finished, open } = splitter.push("\n\n```js\nx");
  assertStrictEquals(finished, first);
  assertStrictEquals(finished[0], block);
  assertEquals(finished.map(({ index, source }) => [index, source]), [[0, "One"], [1, "Two"]]);
  assertEquals(open, { type: "code", index: 2, source: "x", language: "js" });
});

Deno.test("an open code block only grows", () => {
  const text = "```ts title=a\nconst a = `\n``\n  x`;\n\n\n``` no\nend\n ```  \nafter";
  const splitter = new BlockSplitter();
  let before = "";
  for (const char of text) {
    const { open, finished } = splitter.push(char);
    if (open.type !== "code" || finished.length > 0) continue;
    assert(open.source.startsWith(before), `${JSON.stringify(before)} → ${JSON.stringify(open.source)}`);
    before = open.source;
  }
  assertEquals(splitter.finish(), [
    { type: "code", index: 0, source: "const a = `\n``\n  x`;\n\n\n``` no\nend", language: "ts" },
    { type: "markdown", index: 1, source: "after" },
  ]);
});

Deno.test("a fence at the very end closes the block", () => {
  assertEquals(splitBlocks("```\na\n```"), [{ type: "code", index: 0, source: "a", language: "" }]);
  assertEquals(splitBlocks("```\na\n``"), [{ type: "code", index: 0, source: "a\n``", language: "" }]);
});

Deno.test("a new block shows before its first line is complete", () => {
  const list = new BlockSplitter().push("- a\n\nNext paragr");
  assertEquals(list.finished.map((block) => block.source), ["- a"]);
  assertEquals(list.open.source, "Next paragr");
  const undecided = new BlockSplitter().push("- a\n\n1");
  assertEquals(undecided.finished, []);
  assertEquals(new BlockSplitter().push("text\n\n").open.source, "");
});

Deno.test("a long list is cut into parts that go on with the number", () => {
  const items = Array.from(
    { length: 2_000 },
    (_, i) => `1. Item number ${i} with some words to make it longer`,
  );
  const blocks = splitBlocks(items.join("\n"));
  assert(blocks.length > 10);
  for (const block of blocks) assertLess(block.source.length, 4_200);
  const html = blocks.map((block) => renderBlock(block)).join("");
  assertEquals(html.replace(/<\/ol>\s*<ol start="\d+">\s*/g, ""), renderBlock(items.join("\n")));
  const starts = [...html.matchAll(/<ol start="(\d+)">/g)].map((match) => Number(match[1]));
  const counts = blocks.map((block) => block.source.split("\n").length);
  assertEquals(
    starts,
    counts.slice(0, -1).map((_, i) => 1 + counts.slice(0, i + 1).reduce((a, b) => a + b, 0)),
  );
});

Deno.test("the parts of a long loose list are loose", () => {
  const items = Array.from({ length: 300 }, (_, i) => `- Item number ${i} with some words`).join("\n\n");
  const html = splitBlocks(items).map((block) => renderBlock(block)).join("");
  assertEquals(html.replace(/<\/ul>\s*<ul>\s*/g, ""), renderBlock(items));
});

Deno.test("nothing but blank lines is no block", () => {
  assertEquals(splitBlocks(""), []);
  assertEquals(splitBlocks("\n \n\t\n"), []);
  assertEquals(new BlockSplitter().push("").open, { type: "markdown", index: 0, source: "" });
});
