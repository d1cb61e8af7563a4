import { useTerminal } from "./context.ts";
import { SwitchForm } from "./SwitchForm.tsx";

const POINTS = ["rights", "who", "kept", "end"] as const;

/** What it means to have terminals, before a person turns them on. */
export function TurnOn({ isProven }: { isProven: boolean }) {
  const { t } = useTerminal();
  return (
    <section class="terminal-off" aria-labelledby="terminal-off-title">
      <h2 id="terminal-off-title">{t("terminal.off.title")}</h2>
      <p>{t("terminal.off.text")}</p>
      <ul class="terminal-off__points">
        {POINTS.map((point) => <li key={point}>{t(`terminal.off.${point}`)}</li>)}
        <li>{t(isProven ? "terminal.off.login" : "terminal.off.noLogin")}</li>
      </ul>
      <SwitchForm />
    </section>
  );
}
