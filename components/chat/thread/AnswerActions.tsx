import type { BranchMessage } from "../../../lib/shared/mod.ts";
import { usePage } from "../context.ts";
import { BranchSwitcher } from "./BranchSwitcher.tsx";
import { ActionButton, CopyButton, DeleteButton } from "./MessageActions.tsx";

/** What can be done with an answer. */
export function AnswerActions({ message, isLast }: { message: BranchMessage; isLast: boolean }) {
  const { t, turns, chat } = usePage();
  const isBusy = chat.live.value !== null || turns.starting.value;
  const canContinue = isLast && message.status !== "complete" && message.status !== "failed" ||
    message.finishReason === "length";
  return (
    <>
      <div class="message__actions needs-script">
        <CopyButton message={message} />
        <ActionButton
          icon="refresh-cw"
          label={t("message.regenerate")}
          onClick={() => turns.regenerate(message)}
          disabled={isBusy}
        />
        {canContinue && (
          <ActionButton
            icon="play"
            label={t("message.continue")}
            onClick={() => turns.continueAnswer(message)}
            disabled={isBusy}
          />
        )}
        <DeleteButton message={message} />
      </div>
      <BranchSwitcher message={message} />
    </>
  );
}
