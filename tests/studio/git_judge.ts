import type { ProjectFile } from "../../lib/shared/mod.ts";
import type { Edit } from "./edit_history.ts";

const encoder = new TextEncoder();
const BUFFER_BYTES = 1 << 20;
/** No configuration of the machine's or the person's: the same trees everywhere. */
const ENV = { GIT_CONFIG_NOSYSTEM: "1", GIT_CONFIG_GLOBAL: "/dev/null", LC_ALL: "C" };

/** Whether git is there. */
export async function hasGit(): Promise<boolean> {
  try {
    return (await new Deno.Command("git", { args: ["--version"], stdout: "null" }).output()).success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

/** Runs git in a folder and returns what it printed. Throws where it fails. */
export async function git(folder: string, ...args: string[]): Promise<string> {
  const command = new Deno.Command("git", { args: ["-C", folder, ...args], env: ENV, stderr: "inherit" });
  const { success, stdout } = await command.output();
  if (!success) throw new Error(`Cannot run git ${args[0]}`);
  return new TextDecoder().decode(stdout);
}

/**
 * A git repository that is told every version twice: once as what it changes in its parent, once as all of its files. The two
 * trees of a version have the same id where the files are what the changes make of the parent's. Everything goes through
 * one `git fast-import`.
 */
export class GitJudge implements AsyncDisposable {
  readonly #folder: string;
  readonly #process: Deno.ChildProcess;
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #mark = 0;
  #lastWhole = 0;

  private constructor(folder: string) {
    this.#folder = folder;
    this.#process = new Deno.Command("git", {
      args: ["-C", folder, "-c", "core.compression=0", "fast-import", "--quiet", "--depth=0"],
      env: ENV,
      stdin: "piped",
      stdout: "null",
      stderr: "inherit",
    }).spawn();
    this.#writer = this.#process.stdin.getWriter();
  }

  static async start(): Promise<GitJudge> {
    const folder = await Deno.makeTempDir();
    await git(folder, "init", "--quiet", "--bare");
    return new GitJudge(folder);
  }

  /** Tells what a version changes in its parent, whose mark `parent` is; returns its own. */
  async change(name: string, parent: number | null, edit: Edit): Promise<number> {
    // A branch that is reset has no parent.
    if (parent === null) this.#line("reset refs/heads/changed");
    const mark = this.#commit("refs/heads/changed", `changed ${name}`);
    if (parent !== null) this.#line(`from :${parent}`);
    for (const path of edit.deleted) this.#line(`D ${quoted(path)}`);
    for (const { from, to } of edit.renamed) this.#line(`R ${quoted(from)} ${quoted(to)}`);
    for (const file of edit.written) this.#file(file);
    this.#line("");
    await this.#flush(BUFFER_BYTES);
    return mark;
  }

  /** Tells all files of a version, of which `changed` is the other mark. */
  async whole(name: string, changed: number, files: readonly ProjectFile[]): Promise<void> {
    const last = this.#lastWhole;
    this.#lastWhole = this.#commit("refs/heads/whole", `whole ${name}`);
    if (last > 0) this.#line(`from :${last}`);
    // Only so that one walk over the commits finds both.
    this.#line(`merge :${changed}`);
    this.#line("deleteall");
    for (const file of files) this.#file(file);
    this.#line("");
    await this.#flush(BUFFER_BYTES);
  }

  /** Ends the telling; the ids of both trees by the name of the version. */
  async trees(): Promise<Map<string, { changed?: string; whole?: string }>> {
    this.#line("done");
    await this.#flush(0);
    await this.#writer.close();
    if (!(await this.#process.status).success) throw new Error("git fast-import failed");
    const trees = new Map<string, { changed?: string; whole?: string }>();
    const log = await git(this.#folder, "log", "--format=%T %s", "refs/heads/whole");
    for (const line of log.trimEnd().split("\n")) {
      const [tree = "", kind = "", name = ""] = line.split(" ");
      trees.set(name, { ...trees.get(name), [kind]: tree });
    }
    return trees;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.close().catch(() => "it was closed before");
    await this.#process.status;
    await Deno.remove(this.#folder, { recursive: true });
  }

  #commit(ref: string, message: string): number {
    const mark = ++this.#mark;
    this.#line(`commit ${ref}`);
    this.#line(`mark :${mark}`);
    this.#line(`committer Test <test@example.com> ${mark} +0000`);
    this.#data(message);
    return mark;
  }

  #file({ path, content }: ProjectFile): void {
    this.#line(`M 100644 inline ${quoted(path)}`);
    this.#data(content);
  }

  #data(text: string): void {
    const bytes = encoder.encode(text);
    this.#line(`data ${bytes.length}`);
    this.#push(bytes);
    this.#line("");
  }

  #line(text: string): void {
    this.#push(encoder.encode(`${text}\n`));
  }

  #push(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
  }

  async #flush(above: number): Promise<void> {
    if (this.#bytes <= above) return;
    const whole = new Uint8Array(this.#bytes);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    [this.#parts, this.#bytes] = [[], 0];
    await this.#writer.write(whole);
  }
}

function quoted(path: string): string {
  return `"${path.replaceAll(/["\\]/g, "\\$&")}"`;
}
