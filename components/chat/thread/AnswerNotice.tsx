import type { BranchMessage, ErrorBody } from "../../../lib/shared/mod.ts";
import type { TextKey } from "../../../lib/shared/texts/mod.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { useCountdown } from "../use_countdown.ts";

/** Why an answer is not whole, and what can be done about it. */
export function AnswerNotice({ message, isLast }: { message: BranchMessage; isLast: boolean }) {
  if (message.error && message.status === "failed") {
    return <Failure message={message} error={message.error} />;
  }
  const text = noticeOf(message);
  return text ? <Interruption message={message} text={text} isLast={isLast} /> : null;
}

function noticeOf(message: BranchMessage): TextKey | undefined {
  if (message.status === "cancelled") return "answer.stopped";
  if (message.status === "interrupted") return "answer.interrupted";
  if (message.finishReason === "length") return "answer.tooLong";
  if (message.finishReason === "content_filter") return "answer.filtered";
  if (message.status === "complete" && message.text === "" && !message.steps?.length) return "answer.empty";
  return undefined;
}

function Interruption({ message, text, isLast }: { message: BranchMessage; text: TextKey; isLast: boolean }) {
  const { t, turns } = usePage();
  const canContinue = isLast && text !== "answer.filtered" && text !== "answer.empty";
  return (
    <p class="answer-notice">
      <Icon name="info" />
      <span>{t(text)}</span>
      {canContinue && (
        <button
          type="button"
          class="button button--small needs-script"
          disabled={turns.starting.value}
          onClick={() => turns.continueAnswer(message)}
        >
          {t("message.continue")}
        </button>
      )}
    </p>
  );
}

function Failure({ message, error }: { message: BranchMessage; error: ErrorBody }) {
  const { t, turns } = usePage();
  const isLimit = error.code === "rate_limited";
  const endedAt = message.createdAt + (message.metrics?.durationMs ?? 0);
  const seconds = useCountdown(isLimit && error.retryAfter ? endedAt + error.retryAfter * 1000 : undefined);
  return (
    <div class={isLimit ? "problem problem--warning" : "problem"} role="alert">
      <Icon name={isLimit ? "clock" : "circle-alert"} />
      <div>
        <p class="problem__message">{error.message}</p>
        {error.hint && <p class="problem__hint">{error.hint}</p>}
        <button
          type="button"
          class="button button--small needs-script"
          disabled={seconds > 0 || turns.starting.value}
          onClick={() => turns.regenerate(message)}
        >
          {seconds > 0 ? t("tryAgainIn", { seconds }) : t("tryAgain")}
        </button>
      </div>
    </div>
  );
}
