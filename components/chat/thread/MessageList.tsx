import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import type { ThreadView } from "../../../lib/client/thread_view.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { MessageItem } from "./MessageItem.tsx";
import { OutgoingMessage } from "./OutgoingMessage.tsx";
import { PendingMessage } from "./PendingMessage.tsx";

/** The messages of the active branch: those near what is visible, with space for the others. */
export function MessageList({ view }: { view: ThreadView }) {
  const { chat, turns, unsent, unsentParts, editing, t } = usePage();
  const { messages, before } = chat.branch.value;
  const keys = useMemo(() => messages.map((message) => message.id), [messages]);
  const range = view.windowOf(keys);
  const Footer = unsentParts.value?.Footer;
  const pending = turns.pending.value;
  const next = pending ?? unsent.value[0];
  // What was just written is looked at; what the outbox sends later moves nobody.
  const written = unsent.value.at(-1) ?? (pending?.waiting ? null : pending);
  useLayoutEffect(() => view.rendered());
  useEffect(() => {
    if (written) view.toEnd();
  }, [written?.id]);
  const parentId = next?.body.parentId;
  const cut = parentId === undefined ? messages.length : keys.indexOf(parentId ?? "") + 1;
  return (
    <div class="messages">
      {before !== null && range.start === 0 && (
        <a
          class="messages__earlier"
          href={`?before=${before}`}
          onClick={(event) => event.preventDefault()}
        >
          <Icon name="loader-circle" class="spin" />
          {t("thread.loadingEarlier")}
        </a>
      )}
      {range.before > 0 && <div class="messages__space" style={{ height: `${range.before}px` }} />}
      {messages.slice(range.start, Math.min(range.end, cut)).map((message, i) => (
        <MessageItem
          key={message.id}
          message={message}
          live={chat.live.value?.message.id === message.id ? chat.live.value : null}
          editing={editing.value === message.id}
          isLast={range.start + i === messages.length - 1}
          view={view}
        />
      ))}
      {range.after > 0 && <div class="messages__space" style={{ height: `${range.after}px` }} />}
      {pending && <PendingMessage message={pending} />}
      {unsent.value.map((message, i) => (
        <OutgoingMessage key={message.id} message={message}>
          {Footer && <Footer message={message} isNext={i === 0 && !turns.busy} />}
        </OutgoingMessage>
      ))}
      <div id="latest" />
    </div>
  );
}
