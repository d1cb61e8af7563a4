import { formatBytes, formatShort } from "../../../lib/client/format.ts";
import type { Attachment } from "../../../lib/shared/mod.ts";
import { Icon, type IconName } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** The files that came with a message. */
export function AttachmentChips({ attachments }: { attachments: readonly Attachment[] }) {
  const { data, t } = usePage();
  return (
    <ul class="chips">
      {attachments.map((file) => (
        <li key={file.id}>
          <a
            class="chip"
            href={`/api/attachments/${file.id}`}
            target="_blank"
            rel="noopener"
            title={file.name}
          >
            {file.kind === "image"
              ? <img class="chip__image" src={`/api/attachments/${file.id}`} alt={file.name} loading="lazy" />
              : <Icon name={fileIcon(file.name, file.kind)} />}
            <span class="chip__name">{file.name}</span>
            <span class="chip__size">
              {file.tokens > 0
                ? t("tokens.estimate", { count: formatShort(file.tokens, data.language) })
                : formatBytes(file.sizeBytes, data.language)}
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The icon that fits a file. */
export function fileIcon(name: string, kind?: Attachment["kind"]): IconName {
  if (kind === "image" || /\.(png|jpe?g|gif|webp)$/i.test(name)) return "image";
  if (/\.(csv|tsv)$/i.test(name)) return "table";
  if (/\.(md|txt|pdf|log)$/i.test(name)) return "file-text";
  return /\.[a-z]+$/i.test(name) ? "file-code" : "file";
}
