import type { FileComparison } from "../../lib/client/studio/diff/diff_api.ts";
import type { DiffModel } from "../../lib/client/studio/diff/diff_model.ts";
import type { Translate } from "../../lib/shared/texts/mod.ts";

/** The sign that stands for what became of a file; the word stands beside it for those who do not see it. */
const SIGNS = { created: "+", modified: "~", deleted: "−", renamed: "→" };

/** The files that are different. */
export function DiffFileList({ t, model }: { t: Translate; model: DiffModel }) {
  const files = model.files.value;
  const shown = model.file.value?.path;
  const added = files.reduce((sum, { addedLines }) => sum + addedLines, 0);
  const removed = files.reduce((sum, { removedLines }) => sum + removedLines, 0);
  return (
    <nav class="diff__files" aria-label={t("diff.files")}>
      <p class="diff__sum">
        {files.length === 1 ? t("diff.fileCount.one") : t("diff.fileCount.many", { count: files.length })}
        <Counts t={t} added={added} removed={removed} />
      </p>
      <ul class="diff__file-list">
        {files.map((file) => (
          <li key={file.path}>
            <button
              type="button"
              class="diff-item"
              aria-current={file.path === shown ? "true" : undefined}
              onClick={() => model.select(file.path)}
            >
              <span class={`diff-sign diff-sign--${file.operation}`} aria-hidden="true">
                {SIGNS[file.operation]}
              </span>
              <FileName t={t} file={file} />
              <span class="visually-hidden">{t(`diff.${file.operation}`)}</span>
              <Counts t={t} added={file.addedLines} removed={file.removedLines} />
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The name first, since it is what one looks for; the folder after it. */
function FileName({ t, file: { path, from } }: { t: Translate; file: FileComparison }) {
  const end = path.lastIndexOf("/") + 1;
  const aside = from === undefined ? path.slice(0, end) : t("diff.renamedFrom", { path: from });
  return (
    <span class="diff-item__name" title={path}>
      <span class="diff-item__file">{path.slice(end)}</span>
      {aside !== "" && <span class="diff-item__folder">{aside}</span>}
    </span>
  );
}

function Counts({ t, added, removed }: { t: Translate; added: number; removed: number }) {
  return (
    <span class="diff-counts">
      <span class="visually-hidden">{t("diff.lines", { added, removed })}</span>
      <span class="diff-counts__added" aria-hidden="true">+{added}</span>
      <span class="diff-counts__removed" aria-hidden="true">−{removed}</span>
    </span>
  );
}
