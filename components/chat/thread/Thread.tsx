import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { ThreadView } from "../../../lib/client/thread_view.ts";
import { Icon } from "../../Icon.tsx";
import { usePage } from "../context.ts";
import { EmptyState } from "./EmptyState.tsx";
import { LiveAnnouncer } from "./LiveAnnouncer.tsx";
import { MessageList } from "./MessageList.tsx";
import { useCodeBlocks } from "./use_code_blocks.ts";
import { useSoughtMessage } from "./use_sought_message.ts";

const NOTHING: readonly string[] = [];

/** The messages of the open chat, in the scroller that follows the answer being written. */
export function Thread() {
  const model = usePage();
  const { chat, turns, unsent, settings, t } = model;
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const view = useMemo(() =>
    new ThreadView({
      clock: model.clock,
      follows: () => settings.values.peek().followStream || chat.live.peek() === null,
      animates: () => chat.live.peek() !== null && settings.values.peek().animations,
      onNearStart: () => chat.loadEarlier().catch((error) => model.report(error)),
    }), [model]);
  useLayoutEffect(() => {
    if (scroller.current && content.current) return view.attach(scroller.current, content.current);
  }, [view]);
  useCodeBlocks(scroller, t);
  useSoughtMessage(view);
  const isEmpty = chat.branch.value.messages.length === 0 && !turns.pending.value &&
    unsent.value.length === 0;
  if (isEmpty) view.windowOf(NOTHING);
  return (
    <>
      <section
        ref={scroller}
        id="thread"
        class={isEmpty ? "thread thread--empty" : "thread"}
        tabIndex={0}
        aria-label={t("thread")}
      >
        <div ref={content} class="thread__content">
          {isEmpty ? <EmptyState /> : <MessageList view={view} />}
        </div>
      </section>
      {!view.following.value && (
        <button type="button" class="to-end" onClick={() => view.toEnd()}>
          <Icon name="arrow-down" />
          <span>{t(chat.live.value ? "thread.toLive" : "thread.toEnd")}</span>
        </button>
      )}
      <LiveAnnouncer />
    </>
  );
}
