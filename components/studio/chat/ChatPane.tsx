import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { FollowScroller } from "../../../lib/client/studio/follow_scroller.ts";
import { ariaState } from "../../aria.ts";
import { useCodeBlocks } from "../../chat/thread/use_code_blocks.ts";
import { Icon } from "../../Icon.tsx";
import { useProject } from "../context.ts";
import { PromptForm } from "./PromptForm.tsx";
import { PendingTurns } from "./PendingTurns.tsx";
import { Queue } from "./Queue.tsx";
import { useSheet } from "./use_sheet.ts";
import { VersionTurn } from "./VersionTurn.tsx";

/** The chat of a project: every version with its prompt, oldest first. On phones a sheet over the code. */
export function ChatPane() {
  const model = useProject();
  const { thread, layout, sought, t } = model;
  const pane = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const follow = useMemo(() => new FollowScroller(model.clock), [model]);
  const sheet = useSheet(pane, layout);
  useLayoutEffect(() => {
    if (scroller.current && content.current) return follow.attach(scroller.current, content.current);
  }, [follow]);
  useCodeBlocks(scroller, t);
  const wish = sought.value;
  const versions = thread.value;
  useEffect(() => {
    if (!wish) return;
    if (versions.at(-1)?.id === wish.versionId) return follow.toEnd();
    const turn = document.getElementById(`turn-${wish.versionId}`);
    if (!turn) return;
    follow.show(turn);
    turn.classList.add("turn--sought");
    return model.clock.after(2400, () => turn.classList.remove("turn--sought"));
  }, [wish]);
  const pending = model.prompt.pending.value.length;
  useEffect(() => {
    if (pending > 0) follow.toEnd();
  }, [pending]);
  return (
    <section ref={pane} id="studio-chat" class="studio__chat" aria-label={t("studio.chat")}>
      <button
        type="button"
        class="sheet-handle"
        aria-expanded={ariaState(layout.chatShown.value)}
        aria-controls="studio-thread"
        aria-label={t("studio.chat")}
        {...sheet}
      >
        <span class="sheet-handle__bar" />
      </button>
      <div class="studio__thread-frame">
        <div
          ref={scroller}
          id="studio-thread"
          class="studio__thread"
          tabIndex={0}
          role="log"
          aria-live="off"
          aria-label={t("studio.chat")}
        >
          <div ref={content} class="turns">
            {versions.length === 0 && pending === 0 && (
              <p class="turns__empty muted">{t("studio.chatEmpty")}</p>
            )}
            {versions.map((version) => <VersionTurn key={version.id} version={version} />)}
            <PendingTurns />
          </div>
        </div>
        {!follow.following.value && (
          <button type="button" class="to-end" onClick={() => follow.toEnd()}>
            <Icon name="arrow-down" />
            <span>{t("studio.toEnd")}</span>
          </button>
        )}
      </div>
      <Queue />
      <PromptForm />
    </section>
  );
}
