import { useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { useSignal } from "@preact/signals";
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

/** So near (px) to the first turn that is rendered earlier ones are wanted. */
const NEAR_START_PX = 400;

/** The chat of a project: every version with its prompt, oldest first. On phones a sheet over the code. */
export function ChatPane() {
  const model = useProject();
  const { turns, layout, sought, t } = model;
  const pane = useRef<HTMLElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const isLoading = useSignal(false);
  const showEarlier = async () => {
    if (!turns.hasEarlier.peek() || isLoading.peek()) return;
    isLoading.value = true;
    try {
      await model.loadAll();
      follow.rememberPlace();
      const count = turns.showEarlier();
      if (count > 0) model.announcement.value = t("studio.earlierShown", { count });
    } catch (error) {
      model.report(error);
    } finally {
      isLoading.value = false;
    }
  };
  const follow = useMemo(
    () =>
      new FollowScroller({
        clock: model.clock,
        items: ".turn",
        nearStart: NEAR_START_PX,
        onNearStart: () => showEarlier(),
      }),
    [model],
  );
  const sheet = useSheet(pane, layout);
  useLayoutEffect(() => {
    if (scroller.current && content.current) return follow.attach(scroller.current, content.current);
  }, [follow]);
  useCodeBlocks(scroller, t);
  const wish = sought.value;
  const versions = turns.shown.value;
  const hasEarlier = turns.hasEarlier.value;
  useLayoutEffect(() => follow.keepPlace(), [versions[0]?.id]);
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
            {hasEarlier && (
              <a
                class="button button--small turns__earlier"
                href="?turns=all"
                aria-disabled={ariaState(isLoading.value)}
                onClick={(event) => {
                  event.preventDefault();
                  // The link goes with the last of them, and the keyboard's place with it.
                  showEarlier().then(() =>
                    turns.hasEarlier.peek() || scroller.current?.focus({ preventScroll: true })
                  );
                }}
              >
                <Icon name="history" />
                {t("studio.earlier")}
              </a>
            )}
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
