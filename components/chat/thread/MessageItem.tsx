import { ariaState } from "../../aria.ts";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { skipWhenFar } from "../../../lib/client/far_content.ts";
import type { LiveAnswer } from "../../../lib/client/live_answer.ts";
import type { ThreadView } from "../../../lib/client/thread_view.ts";
import type { BranchMessage } from "../../../lib/shared/mod.ts";
import { usePage } from "../context.ts";
import { memo } from "../../memo.ts";
import { AssistantMessage } from "./AssistantMessage.tsx";
import { EditMessage } from "./EditMessage.tsx";
import { UserMessage } from "./UserMessage.tsx";

interface Props {
  message: BranchMessage;
  /** The answer, while this message is being written. */
  live: LiveAnswer | null;
  editing: boolean;
  isLast: boolean;
  view: ThreadView;
}

/** How long a new message takes to fade in, as in the style sheet. */
const FADE_MS = 220;

/** One message with all that belongs to it; rendered again only when it changed itself. */
export const MessageItem = memo(({ message, live, editing, isLast, view }: Props) => {
  const { t, turns, clock } = usePage();
  const article = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = article.current;
    if (!element) return;
    view.setItem(message.id, element);
    const stopWaiting = skipWhenFar(element);
    return () => {
      stopWaiting();
      view.setItem(message.id, null);
    };
  }, [message.id]);
  const age = useMemo(() => clock.now() - turns.startedAt, []);
  const isUser = message.role === "user";
  const classes = ["message", isUser ? "message--user" : "message--assistant"];
  if (isLast) classes.push("message--last");
  if (live) classes.push("message--live");
  if (age < FADE_MS) classes.push("message--new");
  return (
    <article
      ref={article}
      id={`m-${message.id}`}
      class={classes.join(" ")}
      {...(age < FADE_MS ? { style: { animationDelay: `-${age}ms` } } : {})}
      aria-label={t(isUser ? "message.byYou" : "message.byModel")}
      aria-busy={ariaState(live !== null)}
    >
      {editing
        ? <EditMessage message={message} />
        : isUser
        ? <UserMessage message={message} />
        : <AssistantMessage message={message} live={live} isLast={isLast} />}
    </article>
  );
});
