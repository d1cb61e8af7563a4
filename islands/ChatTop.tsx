import { ChatBar } from "../components/chat/ChatBar.tsx";
import { ConnectionBanner } from "../components/chat/overlays/ConnectionBanner.tsx";
import { type ChatIslandProps, PageScope } from "../components/chat/PageScope.tsx";

/** Above the messages: the state of the connection, and the chat's bar. */
export default function ChatTop(props: ChatIslandProps) {
  return (
    <PageScope {...props}>
      <ConnectionBanner />
      <ChatBar />
    </PageScope>
  );
}
