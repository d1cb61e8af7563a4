import { assertEquals } from "@std/assert";
import { commandLine, quoted, setUpScript } from "./shell.ts";

const ignore = Deno.build.os === "windows";

async function bash(script: string, cwd?: string, path?: string): Promise<string> {
  const { stdout, stderr, success } = await new Deno.Command("/bin/bash", {
    args: ["-c", script],
    ...(cwd ? { cwd } : {}),
    ...(path ? { env: { PATH: path } } : {}),
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test({
  name: "words reach a program as they are",
  ignore,
  async fn() {
    const words = ["plain", "", "two words", "it's", `"$HOME"`, "a\nb", "--x=`id`", "\\", "ä"];
    assertEquals(await bash(`printf '%s|' ${words.map(quoted).join(" ")}`), `${words.join("|")}|`);
  },
});

Deno.test({
  name: "a command has no environment but its own",
  ignore,
  async fn() {
    const command = { path: "/usr/bin/env", args: [], cwd: "/", env: { A: "1 2" }, memoryBytes: 0 };
    assertEquals(await bash(commandLine(command)), "A=1 2\n");
  },
});

/** A program that answers as deno of a version does and notes what else it is asked. */
function denoOf(version: string): string {
  return `#!/bin/sh
case "$1" in
  --version) echo "deno ${version} (stable, release, x)" ;;
  eval) echo "$0" ;;
  *) echo "${version} $DENO_DIR $*" >> asked ;;
esac
`;
}

for (
  const [installed, used] of [["2.9.6", "/bin/deno"], ["2.9.60", "tools/node_modules/.bin/deno"]] as const
) {
  Deno.test({
    name: `sets up deno 2.9.6 where ${installed} is installed`,
    ignore,
    async fn() {
      const directory = await Deno.realPath(await Deno.makeTempDir({ prefix: "freshet-e2b-" }));
      const write = (name: string, text: string) =>
        Deno.writeTextFile(`${directory}/bin/${name}`, text, { mode: 0o755 });
      await Deno.mkdir(`${directory}/bin`);
      await write("deno", denoOf(installed));
      await write("new_deno", denoOf("2.9.6"));
      await write(
        "npm",
        `#!/bin/sh\nmkdir -p tools/node_modules/.bin\ncp bin/new_deno tools/node_modules/.bin/deno\n`,
      );
      await bash(setUpScript("2.9.6", "4.1.0"), directory, `${directory}/bin:/usr/bin:/bin`);
      assertEquals((await Deno.readLink(`${directory}/deno`)).replace(directory, ""), used);
      const asked = await Deno.readTextFile(`${directory}/asked`);
      assertEquals(asked, `2.9.6 ${directory}/deno_dir cache --no-config npm:hono@4.1.0\n`);
      await Deno.remove(directory, { recursive: true });
    },
  });
}
