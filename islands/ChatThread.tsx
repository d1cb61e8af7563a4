import { type ChatIslandProps, PageScope } from "../components/chat/PageScope.tsx";
import { Thread } from "../components/chat/thread/Thread.tsx";

/** The messages, with the answer that is being written. */
export default function ChatThread(props: ChatIslandProps) {
  return (
    <PageScope {...props}>
      <Thread />
    </PageScope>
  );
}
