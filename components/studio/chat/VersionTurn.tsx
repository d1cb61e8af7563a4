import { useComputed } from "@preact/signals";
import type { Version } from "../../../lib/shared/mod.ts";
import { memo } from "../../memo.ts";
import { useIsShown, useProject } from "../context.ts";
import { ActivityLines } from "./ActivityLines.tsx";
import { AnswerProse } from "./AnswerProse.tsx";
import { LiveTurn } from "./LiveTurn.tsx";
import { PersonMessage } from "./PersonMessage.tsx";
import { isAsked, TurnHeader } from "./TurnHeader.tsx";
import { TurnNotice } from "./TurnNotice.tsx";
import { VersionCard } from "./VersionCard.tsx";

/** A version in the chat: what was asked for, and what came of it. */
export const VersionTurn = memo(({ version }: { version: Version }) => {
  const { lives } = useProject();
  const live = useComputed(() => lives.byVersion.value.get(version.id)).value;
  const isShown = useIsShown(version.id);
  return (
    <article id={`turn-${version.id}`} class={isShown ? "turn turn--shown" : "turn"}>
      {version.prompt !== "" && isAsked(version) && (
        <PersonMessage text={version.prompt} at={version.createdAt} imageIds={version.imageIds} />
      )}
      {live ? <LiveTurn live={live} /> : <FinishedTurn version={version} />}
    </article>
  );
});

function FinishedTurn({ version }: { version: Version }) {
  return (
    <div class="turn__answer">
      <TurnHeader version={version} />
      <ActivityLines activities={version.activities} />
      <VersionCard version={version} />
      {version.answer !== "" && <AnswerProse version={version} />}
      <TurnNotice version={version} />
    </div>
  );
}
