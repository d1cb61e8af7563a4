import type { LiveAnswer } from "../../../lib/client/live_answer.ts";
import type { BranchMessage } from "../../../lib/shared/mod.ts";
import { Logo } from "../../Logo.tsx";
import { usePage } from "../context.ts";
import { AnswerActions } from "./AnswerActions.tsx";
import { AnswerNotice } from "./AnswerNotice.tsx";
import { ContinuedOn } from "./ContinuedOn.tsx";
import { LiveProgress } from "./LiveProgress.tsx";
import { LiveText } from "./LiveText.tsx";
import { MessageMetrics } from "./MessageMetrics.tsx";
import { MessageTime } from "./MessageTime.tsx";
import { Reasoning } from "./Reasoning.tsx";
import { StaticText } from "./StaticText.tsx";
import { ToolSteps } from "./ToolSteps.tsx";

interface Props {
  message: BranchMessage;
  live: LiveAnswer | null;
  isLast: boolean;
}

/** A model's message: on the left, over the whole width. */
export function AssistantMessage({ message, live, isLast }: Props) {
  const { models } = usePage();
  const modelId = live?.state.peek().model ?? message.model;
  if (live) void live.origin.value;
  const name = modelId ? models.find(modelId)?.name ?? modelId : "";
  return (
    <>
      <span class={live ? "avatar avatar--model avatar--live" : "avatar avatar--model"} aria-hidden="true">
        <Logo />
      </span>
      <div class="message__body">
        <header class="message__header">
          {name && <span class="message__author" title={modelId}>{name}</span>}
          <MessageTime at={message.createdAt} />
        </header>
        {live ? <LiveProgress live={live} /> : <Progress message={message} />}
        <Text message={message} live={live} />
        <ContinuedOn message={message} live={live} />
        {!live && <AnswerNotice message={message} isLast={isLast} />}
        {!live && (
          <footer class="message__footer">
            <AnswerActions message={message} isLast={isLast} />
            <MessageMetrics message={message} />
          </footer>
        )}
      </div>
    </>
  );
}

/** What the model thought and called. */
function Progress({ message }: { message: BranchMessage }) {
  return (
    <>
      {message.reasoning && <Reasoning text={message.reasoning} tokens={message.usage?.reasoningTokens} />}
      {message.steps && message.steps.length > 0 && <ToolSteps steps={message.steps} />}
    </>
  );
}

/** One element for the text that is written and for the finished one: nothing is rendered anew when an answer ends. */
function Text({ message, live }: Omit<Props, "isLast">) {
  const { chat } = usePage();
  const written = live?.text ?? chat.writtenText(message.id);
  if (written) return <LiveText text={written} writing={live !== null} />;
  return message.text === "" ? null : <StaticText message={message} />;
}
