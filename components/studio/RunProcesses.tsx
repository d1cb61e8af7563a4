import { useId, useState } from "preact/hooks";
import type { RunModel } from "../../lib/client/studio/run/run_model.ts";
import { type PanelVersion, versionNumber } from "../../lib/client/studio/preview/panel_version.ts";
import type { ProjectProcess } from "../../lib/shared/mod.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { ariaState } from "../aria.ts";
import { Icon } from "../Icon.tsx";

const LIGHTS = { starting: "warning", running: "healthy", exited: "" };

/** Starting a version, and the ones that run. */
export function RunProcesses({ t, model, versions, versionId }: {
  t: Translate;
  model: RunModel;
  versions: readonly PanelVersion[];
  versionId: string | null;
}) {
  return (
    <div class="run__bar">
      <Starter t={t} model={model} versions={versions} versionId={versionId} />
      <ul class="run__processes" aria-label={t("run.processes")}>
        {(model.processes.value ?? []).map((process) => (
          <ProcessItem key={process.id} t={t} model={model} process={process} versions={versions} />
        ))}
      </ul>
    </div>
  );
}

function Starter({ t, model, versions, versionId }: {
  t: Translate;
  model: RunModel;
  versions: readonly PanelVersion[];
  versionId: string | null;
}) {
  const id = useId();
  const [chosen, choose] = useState<string | null>(null);
  const value = chosen ?? versionId ?? versions[0]?.id ?? "";
  const isStarting = model.starting.value.has(value);
  const isUp = (model.processes.value ?? []).some((process) =>
    process.versionId === value && process.state !== "exited"
  );
  return (
    <div class="run__starter">
      <label for={id} class="visually-hidden">{t("run.version")}</label>
      <select
        id={id}
        class="field__control"
        value={value}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {versions.map((version) => (
          <option key={version.id} value={version.id} selected={version.id === value}>
            {t("diff.version", { number: version.number, title: version.title }).trim()}
          </option>
        ))}
      </select>
      <button
        type="button"
        class="button button--primary"
        disabled={isStarting || isUp || model.processes.value === null}
        onClick={() => model.start(value)}
      >
        <Icon name={isStarting ? "loader-circle" : "play"} class={isStarting ? "spin" : ""} />
        {t(isStarting ? "run.starting" : "run.start")}
      </button>
    </div>
  );
}

function ProcessItem({ t, model, process, versions }: {
  t: Translate;
  model: RunModel;
  process: ProjectProcess;
  versions: readonly PanelVersion[];
}) {
  const { id, versionId, state, exit } = process;
  const number = versionNumber(versions, versionId);
  const isLogged = model.logged.value?.id === id;
  const isOver = state === "exited";
  const stop = t(isOver ? "run.removeNamed" : "run.stopNamed", { number });
  return (
    <li class="process" title={exit?.reason}>
      <button
        type="button"
        class="process__name"
        aria-pressed={ariaState(isLogged)}
        title={t("run.logs.of", { number })}
        onClick={() => model.showLog(id)}
      >
        <span class={`light light--${LIGHTS[state]}`} />
        v{number}
        <span class="process__state">{t(`run.state.${state}`)}</span>
      </button>
      <button
        type="button"
        class="icon-button icon-button--small"
        title={stop}
        aria-label={stop}
        onClick={() => model.stop(id)}
      >
        <Icon name={isOver ? "x" : "square"} />
      </button>
    </li>
  );
}
