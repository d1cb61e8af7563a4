import { formatTime } from "../../lib/client/format.ts";
import type { ErrorBody } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";
import { useSystem } from "./context.ts";
import { Liveness } from "./Liveness.tsx";
import { SystemViews } from "./SystemViews.tsx";

const SYSTEMS: Readonly<Record<string, string>> = { darwin: "macOS", linux: "Linux", windows: "Windows" };

/** The title, which machine it is, whether the page is live, the way to the log, and what is over a threshold. */
export function SystemHead({ problem }: { problem: ErrorBody | null }) {
  const { model, stream, t } = useSystem();
  const { name, os, arch } = model.view.value.state.host;
  return (
    <>
      <header class="system-head">
        <h1>{t("system.title")}</h1>
        <span class="system-head__host">{name} · {SYSTEMS[os] ?? os} · {arch}</span>
        <Liveness stream={stream} t={t} />
        <SystemViews view="machine" t={t} />
      </header>
      {problem && (
        <div class="problem" role="alert">
          <Icon name="circle-alert" />
          <p class="problem__message">{problem.message}</p>
        </div>
      )}
      <Alerts />
    </>
  );
}

function Alerts() {
  const { model, t, language } = useSystem();
  const { alerts } = model.view.value;
  if (alerts.length === 0) return null;
  return (
    <ul class="problem problem--warning system-alerts" aria-label={t("system.alerts")}>
      {alerts.map(({ figure, above, at }) => (
        <li key={figure}>
          <Icon name="triangle-alert" />{" "}
          {t("system.alerts.one", { figure: t(`alert.${figure}`), above, time: formatTime(at, language) })}
        </li>
      ))}
    </ul>
  );
}
