/**
 * The server that a project without one is downloaded with, as TypeScript for Deno without dependencies. `folder` is where the
 * page lies, `./` or a folder below with a slash at its end.
 */
export function staticServerText(folder: string, port: number): string {
  return `// Serves this folder on your own machine. TypeScript is sent as JavaScript, without its types.
import { stripTypeScriptTypes } from "node:module";
import { sep } from "node:path";

const root = new URL(${JSON.stringify(folder)}, import.meta.url);
const port = Number(Deno.env.get("PORT") ?? ${port});

const types: Record<string, string> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  ts: "text/javascript; charset=utf-8",
  mts: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  md: "text/plain; charset=utf-8",
  xml: "application/xml; charset=utf-8",
  webmanifest: "application/manifest+json",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  ico: "image/x-icon",
  woff2: "font/woff2",
  wasm: "application/wasm",
};

/** The file of a path, or undefined where the path leads out of the folder or to a hidden file. */
function fileOf(path: string): URL | undefined {
  let name: string;
  try {
    name = decodeURIComponent(path).slice(1);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
  if (name === "" || name.endsWith("/")) name += "index.html";
  const isSafe = name.split("/").every((part) =>
    part !== "" && !part.startsWith(".") && !/[\\\\:\\0]/.test(part)
  );
  if (!isSafe) return undefined;
  return new URL(name.split("/").map(encodeURIComponent).join("/"), root);
}

async function respond(request: Request): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return new Response("Method not allowed", {
      status: 405,
      headers: { allow: "GET, HEAD" },
    });
  }
  const file = fileOf(new URL(request.url).pathname);
  if (!file) return new Response("Not found", { status: 404 });
  const ending = file.pathname.slice(file.pathname.lastIndexOf(".") + 1)
    .toLowerCase();
  let body: string | Uint8Array<ArrayBuffer>;
  try {
    // A link could lead out of the folder.
    const [real, home] = [await Deno.realPath(file), await Deno.realPath(root)];
    if (!real.startsWith(home + sep)) {
      return new Response("Not found", { status: 404 });
    }
    body = await Deno.readFile(real);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) {
      console.error(\`\${file.pathname}: \${error}\`);
    }
    return new Response("Not found", { status: 404 });
  }
  try {
    if (ending === "ts" || ending === "mts") {
      body = stripTypeScriptTypes(new TextDecoder().decode(body));
    }
  } catch (error) {
    console.error(\`\${file.pathname}: \${error}\`);
    return new Response(\`Cannot read \${file.pathname}: \${error}\`, {
      status: 500,
    });
  }
  const headers = {
    "content-type": types[ending] ?? "application/octet-stream",
    "cache-control": "no-cache",
  };
  return new Response(request.method === "HEAD" ? null : body, { headers });
}

Deno.serve({
  hostname: "127.0.0.1",
  port,
  onListen: (address) => console.log(\`Open http://127.0.0.1:\${address.port}/\`),
}, respond);
`;
}
