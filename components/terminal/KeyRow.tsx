import type { Signal } from "@preact/signals";
import { keySequence, type ScreenKey } from "../../lib/client/terminal/screen_keys.ts";
import type { TerminalScreen } from "../../lib/client/terminal/terminal_screen.ts";
import type { TerminalTab } from "../../lib/client/terminal/terminal_tabs.ts";
import { ariaState } from "../aria.ts";
import { useTerminal } from "./context.ts";

const KEYS: readonly [ScreenKey, string][] = [
  ["escape", "Esc"],
  ["tab", "Tab"],
  ["up", "↑"],
  ["down", "↓"],
  ["left", "←"],
  ["right", "→"],
  ["home", "Home"],
  ["end", "End"],
  ["pageUp", "PgUp"],
  ["pageDown", "PgDn"],
];
const CHARACTERS = ["|", "/", "~", "-"];

/** The keys that phones and tablets do not have. */
export function KeyRow({ tab, screen, control }: {
  tab: TerminalTab;
  screen: Signal<TerminalScreen | null>;
  /** Whether the next key is typed with Ctrl. */
  control: Signal<boolean>;
}) {
  const { t } = useTerminal();
  const type = (text: string) => {
    tab.link.type(text);
    screen.value?.focus();
  };
  const isApplication = () => screen.value?.hasApplicationKeys ?? false;
  // The field keeps the focus, or the phone's keyboard would go away.
  const keepFocus = (event: Event) => event.preventDefault();
  return (
    <div class="terminal-keys" role="toolbar" aria-label={t("terminal.keys")} onPointerDown={keepFocus}>
      <button
        type="button"
        class="terminal-key"
        aria-pressed={ariaState(control.value)}
        aria-label={t("terminal.key.control")}
        onClick={() => {
          control.value = !control.value;
          screen.value?.focus();
        }}
      >
        Ctrl
      </button>
      {KEYS.map(([key, label]) => (
        <button
          key={key}
          type="button"
          class="terminal-key"
          aria-label={t(`terminal.key.${key}`)}
          onClick={() => type(keySequence(key, { isApplication: isApplication() }))}
        >
          {label}
        </button>
      ))}
      {CHARACTERS.map((char) => (
        <button
          key={char}
          type="button"
          class="terminal-key"
          onClick={() => type(char)}
        >
          {char}
        </button>
      ))}
    </div>
  );
}
