import { IMAGE_TYPES, type PromptImages } from "../../lib/client/projects/prompt_images.ts";
import { FilePick } from "../FilePick.tsx";
import { useProjects } from "../projects/context.ts";
import { DrawButton } from "./DrawButton.tsx";

/** Adds images to the prompt: chosen from files, or drawn. */
export function ImageButtons({ images }: { images: PromptImages }) {
  const { t, report } = useProjects();
  const label = t("ask.images.add");
  return (
    <>
      <FilePick
        label={label}
        icon="image-plus"
        accept={IMAGE_TYPES.join(",")}
        class="button button--quiet ask-form__tool"
        onChoose={(chosen) => void images.add(chosen).catch(report)}
      >
        <span>{label}</span>
      </FilePick>
      <DrawButton images={images} />
    </>
  );
}
