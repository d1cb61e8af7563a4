import { Icon } from "../../Icon.tsx";
import { useProject } from "../context.ts";

/** The images that go with the next prompt. */
export function ImageChips() {
  const model = useProject();
  const { images, t } = model;
  const chosen = images.files.value;
  if (chosen.length === 0) return null;
  return (
    <ul class="chips composer__files" aria-label={t("studio.images")}>
      {chosen.map(({ key, name, attachment, error }) => (
        <li key={key} class={error ? "chip chip--failed" : "chip"}>
          {attachment
            ? <img class="chip__image" src={`/api/attachments/${attachment.id}`} alt="" />
            : <Icon name={error ? "circle-alert" : "loader-circle"} class={error ? "" : "spin"} />}
          <span class="chip__name" title={name}>{name}</span>
          {error && <span class="chip__size" role="alert">{error.message}</span>}
          <button
            type="button"
            class="chip__remove"
            aria-label={t("studio.imageRemove", { name })}
            onClick={() =>
              images.remove(key).catch((problem) =>
                model.report(problem)
              )}
          >
            <Icon name="x" />
          </button>
        </li>
      ))}
    </ul>
  );
}
