import { assert, assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import type { Attachment, Message } from "../../shared/mod.ts";
import { localPrincipal as principal } from "../../access/mod.ts";
import { shareHtml } from "./share_html.ts";

const PNG = Uint8Array.of(1, 2, 3);

function message(changes: Partial<Message>): Message {
  return {
    id: "m",
    chatId: "c",
    parentId: null,
    role: "user",
    status: "complete",
    text: "",
    createdAt: 0,
    ...changes,
  };
}

function file(changes: Partial<Attachment>): Attachment {
  const base = { id: "f", name: "a.png", mediaType: "image/png", kind: "image" as const, sizeBytes: 3 };
  return { ...base, tokens: 1, createdAt: 0, ...changes };
}

async function html(messages: Message[], title = "A title"): Promise<string> {
  const attachments = { bytes: (_: unknown, id: string) => Promise.resolve(id === "gone" ? null : PNG) };
  return (await Array.fromAsync(
    shareHtml({ chat: { title }, messages, principal, attachments, language: "en" }),
  )).join("");
}

Deno.test("a shared chat shows its messages, coloured code and pictures", async () => {
  const page = await html([
    message({ text: "Look\nat **this**", attachments: [file({}), file({ id: "gone", name: "b.png" })] }),
    message({ role: "assistant", model: "m1", text: "```ts\nconst a = 1;\n```", reasoning: "Let me *see*" }),
    message({ role: "assistant", status: "cancelled", text: "And" }),
  ]);
  assertStringIncludes(page, "<strong>this</strong>");
  assertStringIncludes(page, '<img class="shot" alt="a.png" src="data:image/png;base64,AQID">');
  assertStringIncludes(page, "📎 b.png");
  assertStringIncludes(page, '<span class="hljs-keyword">const</span>');
  assertStringIncludes(page, "<summary>Thoughts</summary>");
  assertStringIncludes(page, "This answer was not finished.");
  assertStringIncludes(page, "prefers-color-scheme:dark");
  assertFalse(page.includes("data-copy"), "a button that nothing answers");
});

Deno.test("a shared chat asks nobody and runs nothing, whatever is in it", async () => {
  const evil = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "![b](https://spy.example/x.png)",
    "</style></div></article><iframe src=//spy.example>",
    '```"><script>\n</code></pre><script>alert(1)</script>\n```',
  ].join("\n\n");
  const page = await html([
    message({ text: evil, attachments: [file({ name: '"><script>', mediaType: "image/svg+xml" })] }),
    message({ role: "assistant", text: evil, reasoning: evil, model: "<b>m</b>" }),
  ], "<script>alert(1)</script>");
  assertFalse(/<script|<iframe|<link|href="javascript:|<svg/i.test(page));
  // Sources and handlers stand in text at most, where quotes are escaped.
  assertEquals([...page.matchAll(/\bsrc="([^"]*)"/g)].map(([, src]) => src), []);
  assertFalse(/<[^>]+\son\w+=/i.test(page));
  assertMatch(
    page,
    /Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"/,
  );
  const urls = [...page.matchAll(/url\(|@import/g)];
  assertEquals(urls.length, 0);
  assert(page.endsWith("</html>\n"));
});

Deno.test("formulas are shared as MathML, and what cannot be read as it is", async () => {
  const page = await html([
    message({ role: "assistant", text: "So $x < y^2$ and $\\frac{$ and\n\n$$\n\\sum_i i\n$$" }),
  ]);
  assertStringIncludes(
    page,
    '<span class="math"><span class="katex"><math xmlns="http://www.w3.org/1998/Math/MathML">',
  );
  assertStringIncludes(page, "<mo>&lt;</mo>");
  assertStringIncludes(page, 'display="block"');
  assertStringIncludes(page, '<span class="math">\\frac{</span>');
  const evil =
    "$\\href{javascript:alert(1)}{x}$ $\\includegraphics{https://spy.example/a.png}$ $\\htmlClass{x}{y}$";
  const safe = await html([message({ role: "assistant", text: evil })]);
  assertFalse(/<a |<img|href="javascript|src="https/.test(safe));
});
