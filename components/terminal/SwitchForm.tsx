import { Icon } from "../Icon.tsx";
import { useTerminal } from "./context.ts";

/** The button that turns terminals on, or off. A form, since the page is another one then, with or without a script. */
export function SwitchForm({ isOn = false }: { isOn?: boolean }) {
  const { t } = useTerminal();
  return (
    <form method="post" action="/terminal">
      <input type="hidden" name="intent" value={isOn ? "off" : "on"} />
      <button type="submit" class={isOn ? "button button--small" : "button button--primary"}>
        <Icon name="power" />
        {t(isOn ? "terminal.turnOff" : "terminal.turnOn")}
      </button>
    </form>
  );
}
