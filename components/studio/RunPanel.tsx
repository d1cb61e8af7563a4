import { useEffect, useMemo } from "preact/hooks";
import { browserClock } from "../../lib/client/clock.ts";
import { RunApi } from "../../lib/client/studio/run/run_api.ts";
import { RunModel } from "../../lib/client/studio/run/run_model.ts";
import type { PanelVersion } from "../../lib/client/studio/preview/panel_version.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { PanelNotice } from "./PanelNotice.tsx";
import { RunAnswers } from "./RunAnswers.tsx";
import { RunLog } from "./RunLog.tsx";
import { RunProcesses } from "./RunProcesses.tsx";
import { RunRequest } from "./RunRequest.tsx";
import { RunRoutes } from "./RunRoutes.tsx";

/** What the panel is given. It needs the texts of the areas `preview` and `common`. */
export interface RunPanelProps {
  t: Translate;
  /** "en" or "de". */
  language: string;
  projectId: string;
  /** The versions that can be started, newest first. */
  versions: readonly PanelVersion[];
  /** The version that is looked at, offered first. */
  versionId: string | null;
  /** Tells of what failed. */
  onError: (error: unknown) => void;
  api?: RunApi;
}

/** The versions of an API that run, and a console to send them requests. */
export function RunPanel(props: RunPanelProps) {
  const { t, language, versions, versionId } = props;
  const model = useRun(props);
  if (versions.length === 0) {
    return (
      <section class="run" aria-label={t("run.title")}>
        <PanelNotice icon="play" title={t("run.noVersion")} text={t("run.noVersionText")} />
      </section>
    );
  }
  const hasProcesses = (model.processes.value?.length ?? 0) > 0;
  const isRunning = model.running.value.length > 0;
  return (
    <section class="run" aria-label={t("run.title")}>
      <RunProcesses t={t} model={model} versions={versions} versionId={versionId} />
      {model.processes.value && !hasProcesses && (
        <PanelNotice icon="play" title={t("run.none")} text={t("run.noneText")} />
      )}
      {hasProcesses && (
        <div class="run__body">
          {isRunning && (
            <div class="run__console">
              <RunRoutes t={t} model={model} />
              <div class="run__talk">
                <RunRequest t={t} model={model} versions={versions} />
                <RunAnswers t={t} language={language} model={model} versions={versions} />
              </div>
            </div>
          )}
          <RunLog t={t} language={language} model={model} versions={versions} />
        </div>
      )}
    </section>
  );
}

function useRun({ projectId, api, onError }: RunPanelProps): RunModel {
  // What is called later calls what it is given then.
  const latest = useMemo(() => ({ onError }), []);
  latest.onError = onError;
  const model = useMemo(() =>
    new RunModel({
      projectId,
      api: api ?? new RunApi(),
      clock: browserClock,
      onError: (error) => latest.onError(error),
    }), [projectId]);
  useEffect(() => {
    model.open().catch(reportError);
    return () => model.close();
  }, [model]);
  return model;
}
