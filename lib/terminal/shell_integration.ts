import { join } from "node:path";

/** The scripts of a shell, as they are named in our folder and in the one that the shell is pointed to. */
const SCRIPTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bash: { bashrc: "bashrc" },
  zsh: { zshenv: ".zshenv", zprofile: ".zprofile", zshrc: ".zshrc" },
  fish: { "init.fish": "init.fish" },
};

/** How a shell is started so that it tells of its commands. */
export interface Integration extends AsyncDisposable {
  args: string[];
  env: Record<string, string>;
}

/**
 * Prepares a shell to tell, by control sequences, which commands begin and end and in which folder it is. The person's own start
 * files are read as ever. The scripts lie in a folder that only this person can read, since they hold the secret by which the
 * shell is told from what runs in it; dispose of it when the shell has ended. Shells that are not known start without any.
 */
export async function integrate(
  shell: string,
  secret: string,
  env: Readonly<Record<string, string>>,
): Promise<Integration> {
  const scripts = SCRIPTS[shell];
  if (!scripts) return { args: argsOf(shell, ""), env: {}, [Symbol.asyncDispose]: () => Promise.resolve() };
  const folder = await Deno.makeTempDir({ prefix: "freshet-terminal-" });
  for (const [script, name] of Object.entries(scripts)) {
    const text = await Deno.readTextFile(new URL(`scripts/${script}`, import.meta.url));
    await Deno.writeTextFile(join(folder, name), text.replaceAll("@SECRET@", secret), { mode: 0o600 });
  }
  return {
    args: argsOf(shell, folder),
    env: shell === "zsh" ? { ZDOTDIR: folder, FRESHET_USER_ZDOTDIR: env.ZDOTDIR ?? env.HOME ?? "" } : {},
    [Symbol.asyncDispose]: () => Deno.remove(folder, { recursive: true }),
  };
}

function argsOf(shell: string, folder: string): string[] {
  switch (shell) {
    case "bash":
      return ["--rcfile", join(folder, "bashrc"), "-i"];
    case "zsh":
      // Where every terminal starts a login shell, people's paths are set there.
      return Deno.build.os === "darwin" ? ["-l", "-i"] : ["-i"];
    case "fish":
      return ["-i", "-C", `source '${join(folder, "init.fish")}'`];
    case "sh":
    case "dash":
    case "ksh":
      return ["-i"];
    default:
      return [];
  }
}
