import type { LiveAnswer } from "../../../lib/client/live_answer.ts";
import type { BranchMessage } from "../../../lib/shared/mod.ts";
import { Logo } from "../../Logo.tsx";
import { usePage } from "../context.ts";
import { AnswerActions } from "./AnswerActions.tsx";
import { AnswerNotice } from "./AnswerNotice.tsx";
import { LiveBody } from "./LiveBody.tsx";
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
        {live ? <LiveBody live={live} /> : <SettledBody message={message} />}
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

function SettledBody({ message }: { message: BranchMessage }) {
  const { chat } = usePage();
  const written = chat.writtenText(message.id);
  return (
    <>
      {message.reasoning && <Reasoning text={message.reasoning} tokens={message.usage?.reasoningTokens} />}
      {message.steps && message.steps.length > 0 && <ToolSteps steps={message.steps} />}
      {written ? <LiveText text={written} /> : message.text !== "" && <StaticText message={message} />}
    </>
  );
}
