import type { OrganiseTask } from "../../../lib/client/page_model.ts";
import { AllTags } from "./AllTags.tsx";
import { ChatTags } from "./ChatTags.tsx";
import { FolderForm } from "./FolderForm.tsx";
import { MoveChat } from "./MoveChat.tsx";

/** The dialog of a task. */
export function OrganiseDialog({ task }: { task: OrganiseTask }) {
  switch (task.type) {
    case "move":
      return <MoveChat chat={task.chat} />;
    case "tags":
      return <ChatTags chat={task.chat} />;
    case "folder":
      return <FolderForm {...task} />;
    case "allTags":
      return <AllTags />;
  }
}
