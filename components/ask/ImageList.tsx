import type { AskModel } from "../../lib/client/projects/ask_model.ts";
import type { PromptImages } from "../../lib/client/projects/prompt_images.ts";
import type { ChosenFile } from "../../lib/client/file_list.ts";
import { formatBytes } from "../../lib/client/format.ts";
import { Icon } from "../Icon.tsx";
import { useProjects } from "../projects/context.ts";

/** The images that go with the prompt, and a warning where the model does not see them. */
export function ImageList({ model, images }: { model: AskModel; images: PromptImages }) {
  const { t } = useProjects();
  const files = images.files.value;
  const blind = model.blindModel.value;
  return (
    <>
      {files.length > 0 && (
        <ul class="chips ask-form__images" aria-label={t("ask.images")}>
          {files.map((file) => <Item key={file.key} file={file} images={images} />)}
        </ul>
      )}
      <div role="status">
        {blind !== null && (
          <p class="ask-problem ask-problem--warning ask-form__blind">
            <Icon name="eye" />
            <span>{t("ask.images.blind", { model: blind })}</span>
          </p>
        )}
      </div>
    </>
  );
}

function Item({ file, images }: { file: ChosenFile; images: PromptImages }) {
  const { t, language, report } = useProjects();
  const { attachment, error, name } = file;
  return (
    <li class={error ? "chip chip--failed" : "chip"}>
      {attachment
        ? <img class="chip__image" src={`/api/attachments/${attachment.id}`} alt="" />
        : <Icon name={error ? "circle-alert" : "loader-circle"} class={error ? "" : "spin"} />}
      <span class="chip__name" title={name}>{name}</span>
      <span class="chip__size" role={error ? "alert" : undefined}>
        {error ? error.message : formatBytes(file.sizeBytes, language)}
      </span>
      <button
        type="button"
        class="chip__remove"
        aria-label={t("ask.images.remove", { name })}
        onClick={() => images.remove(file.key).catch(report)}
      >
        <Icon name="x" />
      </button>
    </li>
  );
}
