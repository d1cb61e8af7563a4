import { assertEquals } from "@std/assert";
import { shellEnvironment } from "./shell.ts";

Deno.test("a shell gets the person's environment without what is Freshet's", () => {
  const env = shellEnvironment({
    PATH: "/bin",
    LANG: "de_DE.UTF-8",
    OPENAI_API_KEY: "theirs",
    FRESHET_TOKEN: "secret",
    FRESHET_PASSPHRASE: "secret",
    freshet_kv: "secret",
    TMUX: "/tmp/tmux",
    COLUMNS: "10",
    TERM: "dumb",
  });
  assertEquals(env, {
    PATH: "/bin",
    LANG: "de_DE.UTF-8",
    OPENAI_API_KEY: "theirs",
    TERM: "xterm-256color",
    COLORTERM: "truecolor",
    TERM_PROGRAM: "Freshet",
  });
});
