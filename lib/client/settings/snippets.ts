/** How a program calls Freshet, in one language. */
export interface Snippet {
  id: "curl" | "python" | "javascript";
  name: string;
  code: string;
}

/** Examples to copy, for the gateway at `baseUrl`, with a key (or a place to put one) and a model that is there. */
export function snippets(baseUrl: string, key: string, model: string): Snippet[] {
  const body = `{"model": ${JSON.stringify(model)}, "messages": [{"role": "user", "content": "Hello"}]}`;
  return [
    {
      id: "curl",
      name: "curl",
      code: [
        `curl ${baseUrl}/chat/completions \\`,
        `  -H ${shellQuoted(`Authorization: Bearer ${key}`)} \\`,
        `  -H 'Content-Type: application/json' \\`,
        `  -d ${shellQuoted(body)}`,
      ].join("\n"),
    },
    {
      id: "python",
      name: "Python",
      code: [
        "from openai import OpenAI",
        "",
        `client = OpenAI(base_url=${JSON.stringify(baseUrl)}, api_key=${JSON.stringify(key)})`,
        "answer = client.chat.completions.create(",
        `    model=${JSON.stringify(model)},`,
        '    messages=[{"role": "user", "content": "Hello"}],',
        ")",
        "print(answer.choices[0].message.content)",
      ].join("\n"),
    },
    {
      id: "javascript",
      name: "JavaScript",
      code: [
        'import OpenAI from "openai";',
        "",
        `const client = new OpenAI({ baseURL: ${JSON.stringify(baseUrl)}, apiKey: ${JSON.stringify(key)} });`,
        "const answer = await client.chat.completions.create({",
        `  model: ${JSON.stringify(model)},`,
        '  messages: [{ role: "user", content: "Hello" }],',
        "});",
        "console.log(answer.choices[0].message.content);",
      ].join("\n"),
    },
  ];
}

function shellQuoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
