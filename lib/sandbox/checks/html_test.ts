import { assertEquals } from "@std/assert";
import { readHtml } from "./html.ts";

Deno.test("finds references, scripts and their places", () => {
  const { references, scripts, problems } = readHtml(`<!doctype html>
<link rel="stylesheet" href="a.css"><link rel="icon" href="i.png">
<script src="a.js"></script>
<SCRIPT type="module">
  const s = "<img src='no.png'>";
</SCRIPT>
<script type="application/json">{ "a": 1 }</script>
<textarea><img src="no.png"></textarea><img src=b.png>
<!-- <img src="no.png"> -->`);
  assertEquals(references, [
    { url: "a.css", line: 2, column: 1, isEssential: true },
    { url: "i.png", line: 2, column: 37, isEssential: false },
    { url: "a.js", line: 3, column: 1, isEssential: true },
    { url: "b.png", line: 8, column: 40, isEssential: false },
  ]);
  assertEquals(scripts, [
    { line: 4, column: 23, text: `\n  const s = "<img src='no.png'>";\n`, isModule: true },
  ]);
  assertEquals(problems, []);
});

Deno.test("finds where a page breaks off, and forgives what browsers do", () => {
  const found = (html: string) => readHtml(html).problems.map(({ line, message }) => `${line} ${message}`);
  assertEquals(found("<p>a<p>b</div><br></br><x-y a=1 a=2>&nope;"), []);
  assertEquals(found("<p>\n<img src="), ["2 The file ends within a tag"]);
  assertEquals(found("<p>\n<!-- x"), ["2 A comment is not closed"]);
  assertEquals(found("<p>\n<script>\nlet x;"), ["2 <script> is not closed"]);
  assertEquals(found("<style>a {}"), ["1 <style> is not closed"]);
});

Deno.test("takes time by the length of the page", () => {
  assertEquals(readHtml("<div>".repeat(200_000)).problems, []);
});
