import { assertEquals } from "@std/assert";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** What may import what: a layer may import every layer that stands after it in one of these rows. */
const ROWS: string[][][] = [
  [["main", "dev"], ["routes"], ["islands"], ["components"], ["lib/client"], [
    "lib/markdown",
    "lib/diff",
    "lib/highlight",
  ], [
    "lib/shared",
  ]],
  [
    ["main", "dev"],
    ["routes"],
    ["lib/app"],
    ["lib/gateway", "lib/socket", "lib/automations"],
    ["lib/studio", "lib/prompts", "lib/models", "lib/benchmarks", "lib/chats"],
    ["lib/tools", "lib/documents", "lib/media", "lib/monitor", "lib/terminal", "lib/files", "lib/backups"],
    ["lib/runs"],
    ["lib/nodes"],
    ["lib/sandbox", "lib/providers", "lib/analytics"],
    ["lib/access"],
    ["lib/contacts"],
    ["lib/connect_deadline"],
    ["lib/http1"],
    ["lib/store"],
    ["lib/host"],
    ["lib/markdown", "lib/diff", "lib/highlight"],
    ["lib/shared"],
  ],
];

/** Layers whose code runs in browsers. */
const BROWSER = new Set([
  "islands",
  "components",
  "lib/client",
  "lib/markdown",
  "lib/diff",
  "lib/highlight",
  "lib/shared",
]);
/** Entries that only import dynamically what they start. */
const ENTRIES = new Set(["lib/app/serve.ts", "lib/app/backup_command.ts"]);
/** Modules that stand for themselves below a layer, beside its `mod.ts`. */
const OPEN_LAYERS = new Set(["components", "islands", "routes", "lib/client"]);
const OTHER_ENTRANCES = new Set([
  "lib/shared/texts/mod.ts",
  "lib/shared/files/mod.ts",
  "lib/shared/model_configs/mod.ts",
  "lib/shared/terminal/mod.ts",
  "lib/providers/sketch/mod.ts",
  "lib/app/build_stamp.ts",
  "lib/app/diagram_bundle.ts",
  "lib/app/pdf_bundle.ts",
  "lib/app/editor_bundle.ts",
  "lib/app/terminal_bundle.ts",
]);

interface Import {
  from: string;
  to: string;
  specifier: string;
}

const imports = await allImports();

Deno.test("imports go one way", () => {
  const breaches = imports.filter(({ from, to }) => {
    const [a, b] = [layerOf(from), layerOf(to)];
    return a !== b && !ENTRIES.has(from) && !mayImport(a, b);
  });
  assertEquals(breaches.map(({ from, to }) => `${from} → ${to}`), []);
});

Deno.test("a neighbour is imported through its mod.ts", () => {
  const breaches = imports.filter(({ from, to }) => {
    const layer = layerOf(to);
    if (layerOf(from) === layer || !layer.startsWith("lib/") || OPEN_LAYERS.has(layer)) return false;
    return to !== `${layer}/mod.ts` && !OTHER_ENTRANCES.has(to) && !to.includes("testing");
  });
  assertEquals(breaches.map(({ from, to }) => `${from} → ${to}`), []);
});

Deno.test("no module imports itself in a circle", () => {
  const graph = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const path: string[] = [];
  const circles: string[] = [];
  const visit = (file: string) => {
    if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
    if (done.has(file) || path.includes(file)) return;
    path.push(file);
    for (const { to } of graph.get(file) ?? []) visit(to);
    path.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  assertEquals(circles, []);
});

Deno.test("browser code keeps to what runs in browsers", async () => {
  const breaches: string[] = [];
  for (const { file, text } of await sources()) {
    if (!BROWSER.has(layerOf(file))) continue;
    for (const specifier of specifiers(text)) {
      if (/^(fresh|fresh\/dev|zod|hono|node:.*)$/.test(specifier)) breaches.push(`${file} → ${specifier}`);
    }
    if (/\bDeno\./.test(text.replaceAll(/^\s*(\*|\/\/).*$/gm, ""))) breaches.push(`${file} uses Deno`);
  }
  assertEquals(breaches, []);
});

Deno.test("lib/fresh imports nothing of ours", async () => {
  const breaches: string[] = [];
  for (const { file, text } of await sources(["lib/fresh"])) {
    for (const specifier of specifiers(text)) {
      const isOutside = specifier.startsWith(".") &&
        relative("lib/fresh", join(dirname(file), specifier)).startsWith("..");
      if (isOutside) breaches.push(`${file} → ${specifier}`);
    }
  }
  assertEquals(breaches, []);
});

Deno.test("the top level is as the design has it", async () => {
  const expected = new Set(
    ("routes islands components lib static tests deno.json main.ts dev.ts fresh.config.ts README.md .ci .gitignore deno.lock " +
      "LICENSE CONTRIBUTING.md Dockerfile .dockerignore").split(" "),
  );
  const made = new Set([".git", "node_modules", "_fresh", "coverage", ".freshet", "vendor"]);
  const found = (await Array.fromAsync(Deno.readDir(ROOT))).map(({ name }) => name);
  assertEquals(found.filter((name) => !expected.has(name) && !made.has(name)), []);
});

function mayImport(from: string, to: string): boolean {
  return ROWS.some((row) => {
    const a = row.findIndex((layers) => layers.includes(from));
    const b = row.findIndex((layers) => layers.includes(to));
    return a >= 0 && b > a;
  });
}

function layerOf(file: string): string {
  const [first = "", second = ""] = file.split("/");
  if (first === "lib") return `lib/${second}`;
  return first.replace(/\.ts$/, "").replace("fresh.config", "main");
}

async function allImports(): Promise<Import[]> {
  const found: Import[] = [];
  for (const { file, text } of await sources()) {
    for (const specifier of specifiers(text)) {
      if (!specifier.startsWith(".")) continue;
      const to = relative(ROOT, join(ROOT, dirname(file), specifier));
      if (/\.tsx?$/.test(to)) found.push({ from: file, to, specifier });
    }
  }
  return found;
}

function specifiers(text: string): string[] {
  return [...text.matchAll(/^\s*(?:import|export)\b[^"';]*?from\s+"([^"]+)"|^\s*import\s+"([^"]+)"/gm)]
    .map(([, a, b]) => a ?? b ?? "");
}

async function sources(folders?: string[]): Promise<{ file: string; text: string }[]> {
  const tops = folders ?? ["main.ts", "dev.ts", "fresh.config.ts", "routes", "islands", "components", "lib"];
  const files: string[] = [];
  for (const top of tops) await collect(top, files);
  const kept = files.filter((file) => {
    if (/_test\.tsx?$/.test(file)) return false;
    return folders !== undefined || !file.startsWith("lib/fresh/");
  });
  return await Promise.all(
    kept.map(async (file) => ({ file, text: await Deno.readTextFile(join(ROOT, file)) })),
  );
}

async function collect(path: string, files: string[]): Promise<void> {
  if ((await Deno.stat(join(ROOT, path))).isFile) {
    if (/\.tsx?$/.test(path)) files.push(path);
    return;
  }
  for await (const { name } of Deno.readDir(join(ROOT, path))) await collect(`${path}/${name}`, files);
}

/**
 * What opens connections, and where that may stand. All of it is counted by `lib/contacts`, or goes to no other host: a new
 * place has to be given a `fetch` from `lib/app/services` instead of one of its own.
 */
const DIALS: [string, RegExp, Record<string, string>][] = [
  [
    "the global fetch",
    /\bglobalThis\.fetch\b|(?<![.\w#/]|async )fetch\b(?!\s*[:?]|\s*=[^=>]|\(\w+: | failed)/,
    {
      "lib/app/services/connections.ts": "is what it is counted around",
      "lib/providers/call.ts": "without a `fetch` of its options, as in tests",
      "lib/http1/http1.ts": "without a fallback of its options",
      "lib/sandbox/toolchain.ts": "without a `fetch` of its options",
    },
  ],
  ["Deno.connect", /\bDeno\.connect/, {
    "lib/http1/connect.ts": "below `http1`, which is counted",
    "lib/connect_deadline/connect_deadline.ts": "beside a request that was counted, to the same host",
  }],
  ["a WebSocket of our own", /\bnew (WebSocket|EventSource|XMLHttpRequest)\b/, {}],
  ["Deno KV", /\bDeno\.openKv\b/, {
    "lib/store/store.ts": "counted when the app opens it",
    "lib/store/backup/snapshot.ts": "opens a copy in a file",
  }],
  ["Node's network", /from "node:(net|http|https|http2|tls|dgram|dns)(\/\w+)?"/, {
    "lib/contacts/host_name.ts": "reads addresses",
    "lib/access/addresses.ts": "reads addresses",
    "lib/connect_deadline/proxies.ts": "reads addresses",
  }],
  [
    "a client with connections of its own",
    /(from |import\()"(ollama|openai|@anthropic-ai\/sdk|@huggingface\/inference|e2b)(\/browser)?"/,
    {
      "lib/providers/ollama_client.ts": "is given the call's `fetch`",
      "lib/providers/openai.ts": "is given the call's `fetch`",
      "lib/providers/anthropic.ts": "is given the call's `fetch`",
      "lib/providers/huggingface.ts": "is given the call's `fetch`",
      "lib/providers/huggingface_target.ts": "reads a list of names",
      "lib/sandbox/e2b/service.ts": "tells `onContact`",
      "lib/sandbox/e2b/machine.ts": "tells `onContact`",
    },
  ],
];

Deno.test("nothing on the server opens a connection that is not counted", async () => {
  const files = (await sources(["lib", "routes", "main.ts"])).filter(({ file }) => {
    // What runs in browsers reaches this server alone, by the policy of its pages; templates are text of made projects.
    return !BROWSER.has(layerOf(file)) && !/^lib\/fresh\/|\/templates\/|testing\.ts$/.test(file);
  });
  const breaches: string[] = [];
  const unused: string[] = [];
  for (const [what, pattern, allowed] of DIALS) {
    const found = new Set<string>();
    for (const { file, text } of files) {
      const code = codeOf(text);
      // A word in a text dials nobody; the name of a module does.
      const isWord = what === "the global fetch";
      if (pattern.test(isWord ? code.replaceAll(/"[^"\n]*"/g, '""') : code)) found.add(file);
    }
    for (const file of found) if (!(file in allowed)) breaches.push(`${file}: ${what}`);
    for (const file of Object.keys(allowed)) if (!found.has(file)) unused.push(`${file}: ${what}`);
  }
  assertEquals({ breaches, unused }, { breaches: [], unused: [] });
});

/** Without comments, types and texts between back-quotes. */
function codeOf(text: string): string {
  return text.replaceAll(/^\s*(\*|\/\*|\/\/).*$/gm, "").replaceAll(/^import type [^;]*;$/gm, "")
    .replaceAll(/`[^`\n]*`/g, "``");
}
