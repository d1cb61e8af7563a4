import { lines, type WireCase } from "./case.ts";

const FIRST = lines("### FILE a.ts", "```ts", "1;", "```");

function cut(name: string, rest: string, unfinished?: WireCase["unfinished"]): WireCase {
  return {
    name,
    answer: FIRST + rest,
    files: { "a.ts": "1;\n" },
    isComplete: false,
    ...(unfinished ? { unfinished } : {}),
  };
}

/** Answers that broke off. */
export const TRUNCATED: WireCase[] = [
  { name: "nothing", answer: "", isComplete: false },
  { name: "only prose", answer: "Sure, I can", isComplete: false, prose: ["Sure, I can"] },
  cut("after a file", ""),
  cut("in prose", "Now the oth"),
  cut("in a mark", "### FI"),
  cut("in a path", "### FILE src/ma"),
  cut("in the path of a delete", "### DELETE src/app"),
  cut("after a mark", "### FILE b.ts\n", { path: "b.ts", mode: "file", text: "" }),
  cut("in the opening fence", "### FILE b.ts\n``", { path: "b.ts", mode: "file", text: "" }),
  cut("after the opening fence", "### FILE b.ts\n```ts\n", { path: "b.ts", mode: "file", text: "" }),
  cut("in a line", "### FILE b.ts\n```ts\n2;\nconst b", { path: "b.ts", mode: "file", text: "2;\nconst b" }),
  cut("after a line", "### FILE b.ts\n```ts\n2;\n", { path: "b.ts", mode: "file", text: "2;\n" }),
  cut("in the closing fence", "### FILE b.ts\n```ts\n2;\n``", { path: "b.ts", mode: "file", text: "2;\n" }),
  {
    ...cut("after the closing fence", "### FILE b.ts\n```ts\n2;\n```"),
    files: { "a.ts": "1;\n", "b.ts": "2;\n" },
  },
  cut("in a fence within Markdown", "### FILE b.md\n```md\n# B\n```sh\nx\n", {
    path: "b.md",
    mode: "file",
    text: "# B\n```sh\nx\n",
  }),
  cut("after a fence that closes one in Markdown", "### FILE b.md\n```md\n```sh\nx\n```", {
    path: "b.md",
    mode: "file",
    text: "```sh\nx\n```\n",
  }),
  cut("after a bare fence and text in Markdown", "### FILE b.md\n```md\n# B\n```\nnpm", {
    path: "b.md",
    mode: "file",
    text: "# B\n",
  }),
  {
    ...cut("after the last fence of Markdown", "### FILE b.md\n```md\n# B\n```\n"),
    files: { "a.ts": "1;\n", "b.md": "# B\n" },
  },
  cut("with no close before a mark", "### FILE b.ts\n```ts\n2;\n### FILE c.ts\n", {
    path: "b.ts",
    mode: "file",
    text: "2;\n",
  }),
  cut("in an edit", "### EDIT b.ts\n<<<<<<< SEARCH\nx\n====", {
    path: "b.ts",
    mode: "edit",
    text: "<<<<<<< SEARCH\nx\n====",
  }),
  cut("after a block", "### EDIT b.ts\n<<<<<<< SEARCH\nx\n=======\n>>>>>>> REPLACE\n", {
    path: "b.ts",
    mode: "edit",
    text: "<<<<<<< SEARCH\nx\n=======\n>>>>>>> REPLACE\n",
  }),
  { ...cut("in the first line of thinking", "### END\n<think>bad"), notProse: ["bad"] },
  cut("in thinking", "<think>\n### END"),
  cut("in the end", "### EN"),
  { ...cut("in a refused file", "### FILE ../b.ts\n```ts\n2;\n"), refused: ["../b.ts"] },
];
