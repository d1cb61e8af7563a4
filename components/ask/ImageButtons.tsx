import { useRef } from "preact/hooks";
import { IMAGE_TYPES, type PromptImages } from "../../lib/client/projects/prompt_images.ts";
import { Icon } from "../Icon.tsx";
import { useProjects } from "../projects/context.ts";
import { DrawButton } from "./DrawButton.tsx";

/** Adds images to the prompt: chosen from files, or drawn. */
export function ImageButtons({ images }: { images: PromptImages }) {
  return (
    <>
      <ChooseButton images={images} />
      <DrawButton images={images} />
    </>
  );
}

function ChooseButton({ images }: { images: PromptImages }) {
  const { t, report } = useProjects();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="button button--quiet ask-form__tool needs-script"
        aria-label={t("ask.images.add")}
        title={t("ask.images.add")}
        onClick={() => input.current?.click()}
      >
        <Icon name="image-plus" />
        <span>{t("ask.images.add")}</span>
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={IMAGE_TYPES.join(",")}
        aria-label={t("ask.images.add")}
        onChange={({ currentTarget }) => {
          images.add(Array.from(currentTarget.files ?? [])).catch(report);
          currentTarget.value = "";
        }}
      />
    </>
  );
}
