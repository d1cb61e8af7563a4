const CODE: Record<string, string> = {
  typescript:
    'function greet(name: string): string {\n  return `Hello, ${name}!`;\n}\n\nconsole.log(greet("Freshet"));',
  javascript: 'const greet = (name) => `Hello, ${name}!`;\n\nconsole.log(greet("Freshet"));',
  python: 'def greet(name: str) -> str:\n    return f"Hello, {name}!"\n\n\nprint(greet("Freshet"))',
  rust:
    'fn greet(name: &str) -> String {\n    format!("Hello, {name}!")\n}\n\nfn main() {\n    println!("{}", greet("Freshet"));\n}',
  go: 'package main\n\nimport "fmt"\n\nfunc main() {\n\tfmt.Printf("Hello, %s!\\n", "Freshet")\n}',
  bash: 'greet() {\n  echo "Hello, $1!"\n}\n\ngreet Freshet',
  sql: "SELECT name, count(*) AS chats\nFROM chats\nGROUP BY name\nORDER BY chats DESC;",
  html: '<!doctype html>\n<html lang="en">\n  <body>\n    <h1>Hello, Freshet!</h1>\n  </body>\n</html>',
  css: ".greeting {\n  color: teal;\n  font-weight: 600;\n}",
  json: '{\n  "greeting": "Hello",\n  "name": "Freshet"\n}',
};

const ALIASES: Record<string, string> = {
  ts: "typescript",
  js: "javascript",
  py: "python",
  shell: "bash",
  golang: "go",
};

const TABLE = `| model server | address | streams |
| :--- | :---: | ---: |
| Ollama | \`localhost:11434\` | yes |
| LM Studio | \`localhost:1234\` | yes |
| Sketch | built in | **always** |`;

const LIST = `1. First item
2. Second item with **bold** and *italic*
   - a nested point
   - another one with \`code\`
3. Third item

- [x] a task that is done
- [ ] a task that is not`;

const ASKS = /\b(?:show|give|write|make|print|draw|create|generate|sample|example|demo|test)\b/i;

/** An answer that shows a feature of Markdown, if the message asks for one. */
export function showcaseAnswer(text: string): string | undefined {
  if (!ASKS.test(text) && text.trim().split(/\s+/).length > 2) return undefined;
  if (text.length > 200) return undefined;
  if (/\bmarkdown\b/i.test(text)) return everything();
  if (/\btables?\b/i.test(text)) return `Here is a table:\n\n${TABLE}`;
  const language = languageIn(text);
  if (/\b(?:code|function|program|snippet|script|hello world)\b/i.test(text)) {
    return code(language ?? "typescript");
  }
  if (/\blists?\b/i.test(text)) return `Here is a list:\n\n${LIST}`;
  return undefined;
}

function languageIn(text: string): string | undefined {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? [];
  return words.map((word) => ALIASES[word] ?? word).find((word) => Object.hasOwn(CODE, word));
}

function code(language: string): string {
  return `Here is a small example in ${language}:\n\n\`\`\`${language}\n${CODE[language]}\n\`\`\``;
}

function everything(): string {
  return `# Markdown

A paragraph with **bold**, *italic*, ~~struck~~, \`inline code\`, a [link](https://deno.com), <kbd>Ctrl</kbd>+<kbd>K</kbd>
and H<sub>2</sub>O.

## Lists

${LIST}

## Table

${TABLE}

## Code

\`\`\`typescript
${CODE.typescript}
\`\`\`

> A quote,
> over two lines.

<details>
<summary>More</summary>

Hidden until it is opened.

</details>

---

The end.`;
}
