import type { BranchMessage } from "../../../lib/shared/mod.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { AttachmentChips } from "./AttachmentChips.tsx";
import { BranchSwitcher } from "./BranchSwitcher.tsx";
import { ActionButton, CopyButton, DeleteButton } from "./MessageActions.tsx";
import { MessageTime } from "./MessageTime.tsx";
import { StaticText } from "./StaticText.tsx";

/** A person's message: on the right, in a bubble. */
export function UserMessage({ message }: { message: BranchMessage }) {
  const { t, editing } = usePage();
  return (
    <>
      <div class="message__body">
        {message.attachments && message.attachments.length > 0 && (
          <AttachmentChips attachments={message.attachments} />
        )}
        {message.text !== "" && (
          <div class="bubble">
            <StaticText message={message} breaks />
          </div>
        )}
        <footer class="message__footer">
          <div class="message__actions needs-script">
            <CopyButton message={message} />
            <ActionButton
              icon="pencil"
              label={t("message.edit")}
              onClick={() => void (editing.value = message.id)}
            />
            <DeleteButton message={message} />
          </div>
          <BranchSwitcher message={message} />
          <MessageTime at={message.createdAt} />
        </footer>
      </div>
      <span class="avatar avatar--user" aria-hidden="true">
        <Icon name="user" />
      </span>
    </>
  );
}
