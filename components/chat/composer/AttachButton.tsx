import { useRef } from "preact/hooks";
import { ACCEPTED_FILES } from "../../../lib/client/file_list.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";

/** Chooses files for the next message. */
export function AttachButton() {
  const model = usePage();
  const { files, t } = model;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        class="icon-button needs-script"
        title={t("files.attach")}
        aria-label={t("files.attach")}
        onClick={() => input.current?.click()}
      >
        <Icon name="paperclip" />
      </button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={ACCEPTED_FILES}
        aria-label={t("files.attach")}
        onChange={({ currentTarget }) => {
          files.add(Array.from(currentTarget.files ?? [])).catch((error) => model.report(error));
          currentTarget.value = "";
        }}
      />
    </>
  );
}
