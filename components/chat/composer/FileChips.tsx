import { formatBytes, formatShort } from "../../../lib/client/format.ts";
import type { ChosenFile } from "../../../lib/client/file_list.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { fileIcon } from "../thread/AttachmentChips.tsx";

/** The files that go with the next message. */
export function FileChips() {
  const { files, modelEntry, t } = usePage();
  const chosen = files.files.value;
  if (chosen.length === 0) return null;
  const seesImages = modelEntry.value?.capabilities.includes("vision") ?? true;
  const hasImages = chosen.some((file) => file.attachment?.kind === "image");
  return (
    <>
      <ul class="chips composer__files" aria-label={t("files.chosen")}>
        {chosen.map((file) => <Chip key={file.key} file={file} />)}
      </ul>
      {hasImages && !seesImages && (
        <p class="composer__problem composer__problem--warning">
          <Icon name="eye" />
          <span>{t("files.cannotSee")}</span>
        </p>
      )}
    </>
  );
}

function Chip({ file }: { file: ChosenFile }) {
  const model = usePage();
  const { files, data, t } = model;
  const { attachment, error } = file;
  return (
    <li class={error ? "chip chip--failed" : "chip"}>
      {attachment?.kind === "image"
        ? <img class="chip__image" src={`/api/attachments/${attachment.id}`} alt="" />
        : (
          <Icon
            name={error ? "circle-alert" : attachment ? fileIcon(file.name) : "loader-circle"}
            class={error || attachment ? "" : "spin"}
          />
        )}
      <span class="chip__name" title={file.name}>{file.name}</span>
      <span class="chip__size" role={error ? "alert" : undefined}>
        {error
          ? error.message
          : attachment && attachment.tokens > 0
          ? t("tokens.estimate", { count: formatShort(attachment.tokens, data.language) })
          : formatBytes(file.sizeBytes, data.language)}
      </span>
      <button
        type="button"
        class="chip__remove"
        aria-label={t("files.remove", { name: file.name })}
        onClick={() => files.remove(file.key).catch((problem) => model.report(problem))}
      >
        <Icon name="x" />
      </button>
    </li>
  );
}
