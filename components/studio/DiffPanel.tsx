import { useEffect, useMemo, useState } from "preact/hooks";
import { DiffApi } from "../../lib/client/studio/diff/diff_api.ts";
import { DiffModel } from "../../lib/client/studio/diff/diff_model.ts";
import type { DiffRows, DiffView } from "../../lib/client/studio/diff/rows.ts";
import { rowsInWorker } from "../../lib/client/studio/diff/rows_worker.ts";
import type { PanelVersion } from "../../lib/client/studio/preview/panel_version.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { DiffChoice } from "./DiffChoice.tsx";
import { DiffFile } from "./DiffFile.tsx";
import { DiffFileList } from "./DiffFileList.tsx";
import { PanelNotice } from "./PanelNotice.tsx";

/** What the comparison is given. It needs the texts of the areas `preview` and `common`. */
export interface DiffPanelProps {
  t: Translate;
  projectId: string;
  /** The versions that can be chosen, newest first. */
  versions: readonly PanelVersion[];
  /** The two that are compared; those of the newest version and the one before it where absent. */
  before?: string;
  after?: string;
  /** The version that prompts go on from: its own files cannot be taken. */
  headId: string | null;
  /** Takes a file as it is in a version; without it none can be taken. */
  onTake?: (path: string, versionId: string) => void;
  /** Hears which two versions were chosen here. */
  onChoose?: (before: string, after: string) => void;
  api?: DiffApi;
  /** Makes the rows, in a worker unless given. */
  rowsOf?: (view: DiffView, before: string, after: string) => Promise<DiffRows>;
}

/** Below this width two columns have no room. */
const WIDE = "(min-width: 1024px)";

/** Any two versions side by side or in one column, file by file. */
export function DiffPanel(props: DiffPanelProps) {
  const { t, versions, onChoose } = props;
  const isWide = useMedia(WIDE);
  const model = useDiff(props, isWide);
  if (versions.length < 2) {
    return (
      <section class="diff" aria-label={t("diff.title")}>
        <PanelNotice icon="git-compare" title={t("diff.few")} text={t("diff.fewText")} />
      </section>
    );
  }
  const choose = (before: string, after: string) => {
    model.compare(before, after).catch(reportError);
    onChoose?.(before, after);
  };
  return (
    <section class="diff" aria-label={t("diff.title")} onKeyDown={(event) => stepByKey(event, model)}>
      <DiffChoice t={t} model={model} versions={versions} isWide={isWide} onChoose={choose} />
      <Body {...props} model={model} />
    </section>
  );
}

function Body({ t, model, versions, headId, onTake }: DiffPanelProps & { model: DiffModel }) {
  switch (model.state.value) {
    case "unchosen":
      return <PanelNotice icon="git-compare" title={t("diff.choose")} />;
    case "loading":
      return (
        <p class="diff__loading" role="status">
          <Icon name="loader-circle" class="spin" />
          {t("diff.loading")}
        </p>
      );
    case "failed":
      return (
        <PanelNotice failure icon="circle-alert" title={t("diff.failed")} text={model.failure.value?.message}>
          <button
            type="button"
            class="button"
            onClick={() =>
              model.retry().catch(reportError)}
          >
            {t("tryAgain")}
          </button>
        </PanelNotice>
      );
    case "ready":
      if (model.files.value.length === 0) {
        return <PanelNotice icon="check" title={t("diff.same")} text={t("diff.sameText")} />;
      }
      return (
        <div class="diff__body">
          <DiffFileList t={t} model={model} />
          <DiffFile t={t} model={model} versions={versions} headId={headId} onTake={onTake} />
        </div>
      );
  }
}

function useDiff(
  { projectId, versions, before, after, api, rowsOf }: DiffPanelProps,
  isWide: boolean,
): DiffModel {
  const model = useMemo(() =>
    new DiffModel({
      projectId,
      api: api ?? new DiffApi(),
      rowsOf: rowsOf ?? rowsInWorker,
    }), [projectId]);
  useEffect(() => {
    const newer = after ?? versions[0]?.id ?? null;
    const older = before ?? versions[versions.findIndex(({ id }) => id === newer) + 1]?.id ?? null;
    model.compare(older, newer).catch(reportError);
  }, [model, before, after]);
  useEffect(() => model.setView(isWide ? "split" : "inline"), [model, isWide]);
  return model;
}

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const media = matchMedia(query);
    const update = () => setMatches(media.matches);
    media.addEventListener("change", update);
    return () => media.removeEventListener("change", update);
  }, [query]);
  return matches;
}

/** `n` and `p`, as in other tools that show differences. */
function stepByKey(event: KeyboardEvent, model: DiffModel): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target instanceof Element && event.target.matches("input, select, textarea")) return;
  if (event.key !== "n" && event.key !== "p") return;
  event.preventDefault();
  model.step(event.key === "n" ? 1 : -1);
}
