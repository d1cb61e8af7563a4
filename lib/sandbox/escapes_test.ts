import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { apiProject, ask, checkOne, createSecrets, createTestSandbox } from "./testing.ts";

const { sandbox, directory, close } = await createTestSandbox();
const secretDirectory = await createSecrets();
const canary = Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: () => {} },
  () => new Response("SECRET"),
);

Deno.test.afterAll(async () => {
  await close();
  await canary.shutdown();
  await Deno.remove(secretDirectory, { recursive: true });
});

/** Runs whatever it is sent: what the code names by a literal path would never get this far. */
const attacker = await sandbox.start(apiProject(`
const AsyncFunction = (async () => {}).constructor as new (code: string) => () => Promise<unknown>;
const here = import.meta.dirname;
Object.assign(globalThis, { here });
app.post("/", async (c) => {
  try {
    return c.text("gave " + JSON.stringify(await new AsyncFunction(await c.req.text())()));
  } catch (error) {
    return c.text("threw " + String(error));
  }
});`));

function attack(code: string): Promise<string> {
  return ask(attacker, "/", { method: "POST", body: code });
}

async function assertRefused(
  code: string,
  reason = /Requires (?:read|write|net|env|run|sys|ffi) access/,
): Promise<void> {
  const answer = await attack(code);
  assert(!answer.includes("SECRET") && answer.startsWith("threw "), answer);
  assertMatch(answer, reason);
}

Deno.test("the process under attack works as such", async () => {
  assertEquals(await attack("return 1 + 1"), "gave 2");
});

Deno.test("configuration of the project's own has no effect", async () => {
  const result = await checkOne(
    sandbox,
    "tests",
    apiProject(
      "",
      {
        path: "a_test.ts",
        content: `Deno.test("x", () => Deno.readTextFileSync("${secretDirectory}/secret.txt"));`,
      },
      {
        path: "deno.json",
        content: JSON.stringify({
          permissions: { default: { read: true } },
          test: { permissions: { read: true } },
        }),
      },
      { path: "package.json", content: JSON.stringify({ dependencies: { evil: "file:/etc" } }) },
      { path: ".npmrc", content: "registry=http://127.0.0.1:1/" },
      { path: "tsconfig.json", content: JSON.stringify({ extends: "/etc/passwd" }) },
    ),
  );
  assertEquals(result.outcome, "failed");
  assertStringIncludes(result.problems[0]?.message ?? "", "Requires read access");
});

const secret = `["${secretDirectory}", "secret.txt"].join("/")`;
const inBlob = (code: string) =>
  `URL.createObjectURL(new Blob([${JSON.stringify(code)}], { type: "text/javascript" }))`;
const inWorker = (url: string) =>
  `return await new Promise((resolve, reject) => {
  const worker = new Worker(${url}, { type: "module" });
  worker.onmessage = ({ data }) => { worker.terminate(); resolve(data); };
  worker.onerror = (event) => { event.preventDefault(); reject(new Error(event.message)); };
});`;
const textImport = `import x from "file://${secretDirectory}/secret.txt" with { type: "text" };`;

const RUNTIME: Record<string, [code: string, reason?: RegExp]> = {
  "text import of a path made at run time": [`return await import(${secret}, { with: { type: "text" } });`],
  "text import of /etc/passwd": [`return await import("/etc/" + "passwd", { with: { type: "text" } });`],
  "JSON import": [`return await import(${secret}.replace("txt", "json"), { with: { type: "json" } });`],
  "module import": [`return (await import(${secret}.replace("txt", "ts"))).default;`],
  "static import within a data URL": [
    `return (await import("data:text/javascript," + encodeURIComponent(${
      JSON.stringify(`${textImport} export default x;`)
    }))).default;`,
  ],
  "static import within a blob": [
    `return (await import(${inBlob(`${textImport} export default x;`)})).default;`,
  ],
  "static import of a worker": [inWorker(inBlob(`${textImport} postMessage(x);`))],
  "a worker's own file": [inWorker(`"file://${secretDirectory}/secret.js"`)],
  "require": [
    `const { createRequire } = await import("node:module"); return createRequire(here + "/x.js")(${secret}.replace("txt", "json"));`,
  ],
  "reading a file": [`return await Deno.readTextFile(${secret});`],
  "reading a file by node:fs": [`return (await import("node:fs")).readFileSync(${secret}, "utf8");`],
  "reading a file by fetch": [`return await (await fetch("file://" + ${secret})).text();`],
  "reading a file by node:sqlite": [`return new (await import("node:sqlite")).DatabaseSync(${secret});`],
  "reading our own files above the project": [`return await Deno.readTextFile(here + "/../../../run.json");`],
  "reading /proc": [`return await Deno.readTextFile("/proc/self/environ");`, /Requires .* access/],
  "reading the environment": [`return Deno.env.toObject();`],
  "reading the environment by Node": [
    `return { ...(await import("node:process")).default.env }.PATH.length;`,
    /./,
  ],
  "spawning": [`return await new Deno.Command("/bin/true").output();`],
  "spawning by Node": [`return (await import("node:child_process")).execFileSync("/bin/true", { env: {} });`],
  "signals to others": [`return Deno.kill(1, "SIGCONT");`],
  "FFI": [`return Deno.dlopen("libc.so.6", {});`],
  "host name": [`return Deno.hostname();`],
  "listening on another port": [`return Deno.listen({ hostname: "127.0.0.1", port: 0 }).addr;`],
  "listening on all addresses": [`return Deno.listen({ port: 8000 }).addr;`],
  "the internet": [`return await (await fetch("http://example.com/")).text();`],
  "name lookups": [`return await Deno.resolveDns("secret.example.com", "A");`],
  "another port of this host by fetch": [
    `return await (await fetch("http://127.0.0.1:${canary.addr.port}/")).text();`,
  ],
  "another port of this host by name": [
    `return await (await fetch("http://localhost:${canary.addr.port}/")).text();`,
  ],
  "another port of this host by socket": [
    `return await Deno.connect({ hostname: "127.0.0.1", port: ${canary.addr.port} });`,
  ],
  "another port of this host by WebSocket": [`return await new Promise((resolve, reject) => {
    const socket = new WebSocket("ws://127.0.0.1:${canary.addr.port}/");
    socket.onopen = resolve;
    socket.onerror = ({ message }) => reject(new Error(message));
  });`],
  "a Unix socket": [`return await Deno.connect({ transport: "unix", path: "/var/run/docker.sock" });`],
  "writing into its own directory": [`return await Deno.writeTextFile(here + "/x.txt", "x");`],
  "writing into the temporary directory": [`return await Deno.makeTempFile();`],
  "a symlink": [
    `return await Deno.symlink("/etc", here + "/etc");`,
    /requires unscoped --allow-read and --allow-write|Requires/,
  ],
  "the cache on disk": [
    `const cache = await caches.open("x"); await cache.put("http://a.test/", new Response("x".repeat(1e6)));`,
    /Failed to create|Not a directory/,
  ],
  "localStorage": [`localStorage.setItem("a", "b");`, /Not a directory|NotADirectory/],
  "a remote module": [`return await import("https://" + "example.com/x.ts");`, /remote/],
  "an npm package": [`return await import("npm:" + "left-pad");`, /npm/],
  "Freshet's own packages": [`return await import("npm:" + "zod");`, /npm/],
  "asking for permission": [
    `if ((await Deno.permissions.request({ name: "read" })).state === "denied") throw "denied";`,
    /denied/,
  ],
};

for (const [name, [code, reason]] of Object.entries(RUNTIME)) {
  Deno.test(`refused at run time: ${name}`, () => assertRefused(code, reason));
}

Deno.test("refused at run time: every directory that Deno trusts, by encoded slashes", async () => {
  // Deno 2.9.6 asks for no permission below DENO_DIR/npm, and `..%2f` leads out of it. So no such directory may be there.
  const up = "..%2f".repeat(20);
  const [instance = ""] = [...Deno.readDirSync(directory)].map(({ name }) => join(directory, name));
  const own = join(instance, "jobs", attacker.id, "deno_dir");
  const trusted = [
    own,
    join(own, "npm"),
    join(own, "npm", "registry.npmjs.org"),
    join(own, "gen"),
    join(own, "gen", "file"),
    join(instance, "deno_dir", "npm", "registry.npmjs.org"),
    join(instance, "deno_dir", "npm", "registry.npmjs.org", "hono"),
    join(instance, "deno_dir"),
    join(import.meta.dirname ?? "", "..", "..", "node_modules"),
    join(import.meta.dirname ?? "", "..", "..", "node_modules", ".deno"),
  ];
  for (const folder of trusted) {
    for (const type of ["text", "json"]) {
      for (
        const path of [
          `${up}${secretDirectory.slice(1).replaceAll("/", "%2f")}%2fsecret.json`,
          `${up}etc%2fpasswd`,
        ]
      ) {
        await assertRefused(
          `return await import(${JSON.stringify(folder)} + "/" + ${
            JSON.stringify(path)
          }, { with: { type: "${type}" } });`,
          /./,
        );
      }
    }
  }
});

Deno.test("no module of its making reaches the disk", async () => {
  const own = join(
    directory,
    ...[...Deno.readDirSync(directory)].map(({ name }) => name),
    "jobs",
    attacker.id,
  );
  const before = await sizeOf(own);
  const answer = await attack(`const source = "export const a: string = '" + "x".repeat(100_000) + "';";
const data = await import("data:application/typescript," + source);
const blob = await import(URL.createObjectURL(new Blob([source], { type: "application/typescript" })));
const again = await import(here + "/main.ts?again");
return data.a.length + blob.a.length;`);
  assertEquals(answer, "gave 200000");
  assertEquals(await sizeOf(own), before);
});

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    bytes += isDirectory ? await sizeOf(path) : (await Deno.stat(path)).size;
  }
  return bytes;
}

Deno.test("its environment holds nothing of the server's", async () => {
  const result = await checkOne(
    sandbox,
    "tests",
    apiProject("", {
      path: "a_test.ts",
      content:
        `Deno.test("x", async () => { throw new Error(JSON.stringify({ ...(await import("node:process")).env })); });`,
    }),
  );
  assert(!/PATH|FRESHET/.test(JSON.stringify(result.problems)), JSON.stringify(result.problems));
});
