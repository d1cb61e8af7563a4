import { assert, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import { render } from "preact-render-to-string";
import { type Language, textsOf } from "../../lib/shared/texts/mod.ts";
import type { TerminalPageData } from "./page_data.ts";
import { TerminalPage } from "./TerminalPage.tsx";
import { TerminalScope } from "./TerminalScope.tsx";

const ON = { isOn: true, idleMinutes: 120, sessionsMax: 8 };

function html(changes: Partial<TerminalPageData> = {}, language: Language = "en"): string {
  const data: TerminalPageData = {
    state: { setting: ON, obstacle: null, sessions: [] },
    commands: [],
    favourites: [],
    audit: [],
    names: {},
    active: null,
    isProven: false,
    problem: null,
    ...changes,
  };
  return render(
    <TerminalScope data={data} texts={textsOf(language, ["common", "terminal"])} language={language}>
      <TerminalPage data={data} />
    </TerminalScope>,
  );
}

Deno.test("while terminals are off, the page says what they mean and offers nothing else", () => {
  const state = { setting: { ...ON, isOn: false }, obstacle: null, sessions: [] };
  const open = html({ state });
  assertMatch(open, /under other accounts too/);
  assertMatch(open, /name="intent" value="on"/);
  assertFalse(open.includes("New terminal") || open.includes("ollama"));
  assertMatch(html({ state, isProven: true }), /every administrator who logs in can open a terminal/);
});

Deno.test("what stands in the way is named", () => {
  const sessions: [] = [];
  const permission = html({
    state: { setting: ON, obstacle: { cause: "permission", detail: "--allow-ffi" }, sessions },
  });
  assertMatch(permission, /<code>--allow-ffi<\/code>.*<code>deno task start:full<\/code>/s);
  assertFalse(permission.includes("New terminal"));
  const library = { cause: "library", detail: "no binary for riscv64" } as const;
  assertStringIncludes(
    html({ state: { setting: ON, obstacle: library, sessions } }),
    "no binary for riscv64",
  );
  assertMatch(
    html({ problem: { code: "forbidden", message: "Not for you", hint: "Ask" } }),
    /role="alert".*Not for you.*Ask/s,
  );
});

Deno.test("sessions are tabs, of which the named one is shown", () => {
  const session = (id: string, title = "") => {
    return { id, title, shell: "bash", cwd: "/srv", startedAt: 0, attached: 0 };
  };
  const page = html({
    active: "b",
    state: { setting: ON, obstacle: null, sessions: [session("a", "Logs"), session("b")] },
  });
  assertMatch(page, /id="terminal-tab-b"[^>]*aria-selected="true"/);
  assertMatch(page, /id="terminal-window-a"[^>]*hidden/);
  assertMatch(page, />Logs<.*>bash</s);
  assertStringIncludes(page, "Ctrl+Shift+↑");
});

Deno.test("commands, favourites and the audit are there before any script", () => {
  const page = html({
    commands: [{ id: "1", sessionId: "a", command: "ls <b>", cwd: "/srv", at: 0, exitCode: 2 }],
    favourites: [{ id: "2", command: "ollama pull {model:x}", createdAt: 0 }],
    audit: [{ id: "3", at: 0, type: "opened", who: "local", from: "127.0.0.1", agent: "Firefox" }],
  });
  for (
    const part of [
      "ls &lt;b>",
      "/srv · failed with 2",
      "ollama pull {model}",
      "opened a terminal",
      "from 127.0.0.1",
    ]
  ) {
    assertStringIncludes(page, part);
  }
});

Deno.test("it speaks German", () => {
  const page = html({}, "de");
  assert(page.includes("Neues Terminal") && page.includes("Befehle durchsuchen"));
});
