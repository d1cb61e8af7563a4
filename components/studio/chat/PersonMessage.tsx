import { formatMoment, formatTime } from "../../../lib/client/format.ts";
import { CopyButton } from "../../CopyButton.tsx";
import { useProject } from "../context.ts";

/** What a person asked for: on the right, in a bubble. `at` is absent while it is on its way. */
export function PersonMessage({ text, at, imageIds, isNew = false }: {
  text: string;
  at?: number;
  imageIds?: readonly string[] | undefined;
  isNew?: boolean;
}) {
  const { data, t } = useProject();
  return (
    <div class={isNew ? "turn__person message--new" : "turn__person"}>
      {imageIds && imageIds.length > 0 && (
        <ul class="turn__images">
          {imageIds.map((id) => (
            <li key={id}>
              <a href={`/api/attachments/${id}`} target="_blank" rel="noopener">
                <img src={`/api/attachments/${id}`} alt={t("studio.imageSent")} loading="lazy" />
              </a>
            </li>
          ))}
        </ul>
      )}
      <div class="bubble prose--plain">{text}</div>
      <div class="turn__person-footer">
        {at !== undefined && (
          <>
            <CopyButton
              text={text}
              label={t("copy")}
              copied={t("copied")}
              failed={t("studio.notCopied")}
              class="icon-button--small"
            />
            <time
              class="message__time"
              dateTime={new Date(at).toISOString()}
              title={formatMoment(at, data.language)}
            >
              {formatTime(at, data.language)}
            </time>
          </>
        )}
      </div>
    </div>
  );
}
