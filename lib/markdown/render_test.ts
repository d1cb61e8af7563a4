import { assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { renderBlock, renderMarkdown } from "./mod.ts";

Deno.test("code blocks carry language and copy button", () => {
  assertEquals(
    renderBlock('```ts title=x\nconst a = "<b>" && 1;\n```', { copyLabel: "Kopieren" }),
    '<figure class="code-block" data-language="ts"><figcaption><span>ts</span>' +
      '<button type="button" class="code-copy" data-copy>Kopieren</button></figcaption>' +
      '<pre tabindex="0"><code class="language-ts">const a = &quot;&lt;b&gt;&quot; &amp;&amp; 1;</code></pre></figure>\n',
  );
});

Deno.test("a code block renders the same by itself and within a document", () => {
  const source = 'a < b && "c"\n\n  d\n';
  const whole = renderBlock("```c++\n" + source + "\n```");
  assertEquals(renderBlock({ type: "code", index: 0, source, language: "c++" }), whole);
});

Deno.test("the language of a fence cannot break out", () => {
  const html = renderBlock('```"><img/src=x/onerror=alert(1)>\nx\n```');
  assertStringIncludes(html, 'data-language=""');
  assertFalse(html.includes("<img"));
});

Deno.test("tables scroll and keep their alignment", () => {
  const html = renderBlock("| a | b |\n|---|:-:|\n| 1 | x \\| y |");
  assertStringIncludes(html, '<div class="table-scroll" tabindex="0"><table>');
  assertStringIncludes(html, '<td align="center">x | y</td>');
});

Deno.test("GitHub Flavored Markdown", () => {
  assertEquals(
    renderBlock("- [x] done\n- [ ] ~~not~~").replace(/\n/g, ""),
    '<ul><li><input type="checkbox" aria-label="Task" disabled checked> done</li><li><input type="checkbox" aria-label="Task" disabled> <del>not</del></li></ul>',
  );
  assertEquals(
    renderBlock("see https://deno.com/?a=1&b=2 or me@x.test"),
    '<p>see <a href="https://deno.com/?a=1&amp;b=2" rel="noopener noreferrer nofollow" target="_blank">' +
      'https://deno.com/?a=1&amp;b=2</a> or <a href="mailto:me@x.test" rel="noopener noreferrer nofollow" ' +
      'target="_blank">me@x.test</a></p>\n',
  );
});

Deno.test("link titles and entities survive", () => {
  assertEquals(
    renderBlock('[a &copy; b](/x?a=1&lang=de "Tom & \\"Jerry\\"")'),
    '<p><a href="/x?a=1&amp;lang=de" rel="noopener noreferrer nofollow" target="_blank" ' +
      'title="Tom &amp; &quot;Jerry&quot;">a &copy; b</a></p>\n',
  );
});

Deno.test("breaks keeps the lines that people type", () => {
  assertEquals(renderBlock("a\nb", { breaks: true }), "<p>a<br>b</p>\n");
  assertEquals(renderBlock("a\nb"), "<p>a\nb</p>\n");
});

Deno.test("a document is its blocks", () => {
  assertEquals(renderMarkdown("# A\n\ntext\n\n- x"), "<h1>A</h1>\n<p>text</p>\n<ul>\n<li>x</li>\n</ul>\n");
});

Deno.test("mathematical comparison is text", () => {
  assertEquals(renderBlock("if a <n and c> d or x < 3"), "<p>if a &lt;n and c&gt; d or x &lt; 3</p>\n");
});
