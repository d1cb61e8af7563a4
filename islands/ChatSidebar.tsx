import { type ChatIslandProps, PageScope } from "../components/chat/PageScope.tsx";
import { Sidebar } from "../components/chat/sidebar/Sidebar.tsx";

/** The chats. */
export default function ChatSidebar(props: ChatIslandProps) {
  return (
    <PageScope {...props}>
      <Sidebar />
    </PageScope>
  );
}
