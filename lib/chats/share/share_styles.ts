/** Everything that a shared chat looks like: light or dark as the reader's device is, light on paper. */
export const SHARE_STYLES = `
:root{color-scheme:light dark;--bg:#fff;--surface:#f3f6fa;--bubble:#e3effb;--border:#d7dde6;--text:#16202e;--muted:#4b5869;
--accent:#0a5fae;--comment:#596779;--keyword:#8a2fb3;--string:#1a6b3c;--number:#9b4400;--title:#0a5aa6;--type:#0c6570;
--attr:#7a4a00;--deletion:#a8202b}
@media screen and (prefers-color-scheme:dark){:root{--bg:#0c0f14;--surface:#151a22;--bubble:#15293a;--border:#2a3240;
--text:#e8ecf3;--muted:#a4afc0;--accent:#6ecbff;--comment:#8a97ab;--keyword:#d6a2ff;--string:#93deb0;--number:#ffbe85;
--title:#7fcdff;--type:#77dde0;--attr:#f0d08b;--deletion:#ff9aa1}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.65 Inter,system-ui,sans-serif;overflow-wrap:break-word}
main,header,footer{max-width:50rem;margin:0 auto;padding:0 1rem}
header{padding-top:2rem}
h1{margin:0;font-size:1.75rem;line-height:1.25}
h2,h3,h4,h5,h6{margin:1.3em 0 .5em;line-height:1.3}
a{color:var(--accent)}
.facts,footer{color:var(--muted);font-size:.875rem}
footer{margin-top:2.5rem;padding-bottom:2rem}
article{margin-top:1.5rem}
.user .body{margin-inline-start:auto;width:fit-content;max-width:85%;padding:.6rem 1rem;border-radius:1rem;
background:var(--bubble)}
.by{display:flex;flex-wrap:wrap;gap:0 .6rem;align-items:baseline;margin:0 0 .35rem;font-size:.875rem;font-weight:600;
line-height:1.4}
.by time{color:var(--muted);font-weight:400}
.user .by{justify-content:end}
.body>:first-child,.body>:first-child>:first-child{margin-top:0}
.body>:last-child,.body>:last-child>:last-child{margin-bottom:0}
.body h1{font-size:1.35rem}
.body h2{font-size:1.2rem}
.body :is(h1,h2,h3,h4,h5,h6){margin:1.3em 0 .5em}
.note,.file{color:var(--muted);font-size:.875rem}
.shot{display:block;max-width:100%;max-height:30rem;margin:.4rem 0;border-radius:.5rem}
img{max-width:100%}
details.thoughts{margin:0 0 .8rem;padding:.4rem .8rem;border:1px solid var(--border);border-radius:.5rem;color:var(--muted)}
summary{cursor:pointer;font-weight:600}
blockquote{margin:0 0 .9em;padding-inline-start:1em;border-inline-start:3px solid var(--border);color:var(--muted)}
code,pre{font-family:"Fira Code",ui-monospace,Consolas,monospace;font-size:.875em}
:not(pre)>code{padding:.1em .35em;border-radius:.3em;background:color-mix(in srgb,var(--text) 9%,transparent)}
figure{margin:0 0 .9em;border:1px solid var(--border);border-radius:.5rem;background:var(--surface);overflow:hidden}
figcaption{padding:.3rem .9rem;border-bottom:1px solid var(--border);color:var(--muted);font-size:.75rem}
.drawing img{display:block;margin:1rem auto;height:auto}
.source summary{padding:.3rem .9rem;border-top:1px solid var(--border);color:var(--muted);font-size:.75rem}
pre{margin:0;padding:.8rem .9rem;overflow-x:auto;line-height:1.55;tab-size:2}
.math{overflow-x:auto;overflow-y:hidden}
div.math{margin:0 0 .9em;text-align:center}
.table-scroll{margin:0 0 .9em;overflow-x:auto}
table{border-collapse:collapse}
th,td{padding:.45em .8em;border:1px solid var(--border);text-align:start;vertical-align:top}
hr{height:1px;border:0;background:var(--border)}
.hljs-comment,.hljs-quote{color:var(--comment);font-style:italic}
.hljs-keyword,.hljs-selector-tag,.hljs-literal,.hljs-doctag{color:var(--keyword)}
.hljs-string,.hljs-regexp,.hljs-addition,.hljs-template-tag{color:var(--string)}
.hljs-number,.hljs-symbol,.hljs-bullet,.hljs-link,.hljs-meta{color:var(--number)}
.hljs-title,.hljs-section,.hljs-name,.hljs-selector-id,.hljs-selector-class{color:var(--title)}
.hljs-type,.hljs-built_in{color:var(--type)}
.hljs-attr,.hljs-attribute,.hljs-variable,.hljs-template-variable,.hljs-property{color:var(--attr)}
.hljs-deletion{color:var(--deletion)}
@media print{body{font-size:11pt}.by{break-after:avoid}figure,tr,img{break-inside:avoid}pre{white-space:pre-wrap;
overflow-wrap:anywhere}.user .body{border:1px solid var(--border)}}
`.trim();
