import type { TerminalObstacle } from "../../lib/shared/terminal/mod.ts";
import { Icon } from "../Icon.tsx";
import { useTerminal } from "./context.ts";

/** Why there can be no terminal here, and how Freshet has to be started so that there can. */
export function Obstacle({ obstacle: { cause, detail } }: { obstacle: TerminalObstacle }) {
  const { t } = useTerminal();
  return (
    <div class="problem terminal-obstacle" role="note">
      <Icon name="lock" />
      <div>
        <p class="problem__message">{t(`terminal.obstacle.${cause}`)}</p>
        {cause === "permission" && (
          <p class="problem__hint">
            {t("terminal.obstacle.flag")} <code>{detail}</code>. {t("terminal.obstacle.task")}{" "}
            <code>deno task start:full</code>
          </p>
        )}
        {cause === "library" && <p class="problem__hint">{detail}</p>}
      </div>
    </div>
  );
}
