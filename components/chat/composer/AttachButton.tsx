import { ACCEPTED_FILES } from "../../../lib/client/file_list.ts";
import { FilePick } from "../../FilePick.tsx";
import { usePage } from "../context.ts";

/** Chooses files for the next message. */
export function AttachButton() {
  const model = usePage();
  const { files, t } = model;
  return (
    <FilePick
      label={t("files.attach")}
      icon="paperclip"
      accept={ACCEPTED_FILES}
      onChoose={(chosen) => void files.add(chosen).catch((error) => model.report(error))}
    />
  );
}
