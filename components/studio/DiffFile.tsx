import { useEffect, useRef } from "preact/hooks";
import type { DiffModel } from "../../lib/client/studio/diff/diff_model.ts";
import type { PanelVersion } from "../../lib/client/studio/preview/panel_version.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";
import { Icon } from "../Icon.tsx";
import { DiffTable } from "./DiffTable.tsx";

/** The comparison of one file. */
export function DiffFile({ t, model, versions, headId, onTake }: {
  t: Translate;
  model: DiffModel;
  versions: readonly PanelVersion[];
  headId: string | null;
  onTake: ((path: string, versionId: string) => void) | undefined;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const file = model.file.value;
  const rows = model.rows.value;
  const starts = model.starts.value;
  const change = model.change.value;
  const hidden = model.hidden.value;
  useEffect(() => {
    scroller.current?.querySelector("[data-current]")?.scrollIntoView({ block: "center" });
  }, [change, file?.path, rows?.view]);
  if (!file) return null;
  return (
    <div class="diff__file">
      <header class="diff__head">
        <h2 class="diff__path" title={file.path}>{file.path}</h2>
        <span class={`badge diff-badge diff-badge--${file.operation}`}>{t(`diff.${file.operation}`)}</span>
        {onTake && <TakeButtons t={t} model={model} versions={versions} headId={headId} onTake={onTake} />}
        <Steps t={t} model={model} />
      </header>
      <div
        ref={scroller}
        class="diff__scroller"
        role="region"
        aria-label={file.path}
        aria-busy={rows ? "false" : "true"}
        tabIndex={0}
      >
        {rows && rows.rows.every(({ kind }) => kind === "fold") && (
          <p class="diff__same">{t("diff.sameFile")}</p>
        )}
        {rows
          ? (
            <DiffTable
              t={t}
              rows={rows}
              current={starts[change] ?? -1}
              onOpenFold={(newLine) => model.openFold(newLine)}
            />
          )
          : <p class="diff__loading" role="status">{t("diff.loading")}</p>}
        {hidden > 0 && (
          <button type="button" class="button diff__more" onClick={() => model.showMore()}>
            {t("diff.more", { count: hidden })}
          </button>
        )}
      </div>
    </div>
  );
}

/** A file is taken out of a version that has it, where that is not the one that one is at. */
function TakeButtons({ t, model, versions, headId, onTake }: {
  t: Translate;
  model: DiffModel;
  versions: readonly PanelVersion[];
  headId: string | null;
  onTake: (path: string, versionId: string) => void;
}) {
  const file = model.file.value;
  const pair = model.pair.value;
  if (!file || !pair) return null;
  const offers = [
    { versionId: pair.before, path: file.from ?? file.path, content: file.before },
    { versionId: pair.after, path: file.path, content: file.after },
  ];
  return (
    <>
      {offers.map(({ versionId, path, content }) => {
        const version = versions.find(({ id }) => id === versionId);
        if (content === null || versionId === headId || !version) return null;
        return (
          <button
            key={versionId}
            type="button"
            class="button button--small"
            onClick={() => onTake(path, versionId)}
          >
            <Icon name="undo-2" />
            {t("diff.take", { number: version.number })}
          </button>
        );
      })}
    </>
  );
}

function Steps({ t, model }: { t: Translate; model: DiffModel }) {
  const count = model.starts.value.length;
  const at = model.change.value;
  return (
    <div class="diff__steps" title={t("diff.keys")}>
      <span class="diff__position" role="status">
        {at >= 0
          ? t("diff.position", { at: at + 1, count })
          : count === 1
          ? t("diff.changes.one")
          : t("diff.changes.many", { count })}
      </span>
      {([["previous", -1, "arrow-up"], ["next", 1, "arrow-down"]] as const).map(([name, by, icon]) => (
        <button
          key={name}
          type="button"
          class="icon-button icon-button--small"
          title={t(`diff.${name}`)}
          aria-label={t(`diff.${name}`)}
          onClick={() => model.step(by)}
        >
          <Icon name={icon} />
        </button>
      ))}
    </div>
  );
}
