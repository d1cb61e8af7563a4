import { type ChatIslandProps, PageScope } from "../components/chat/PageScope.tsx";
import { SidebarToggle } from "../components/chat/HeaderTools.tsx";

/** The button that shows and hides the chats. */
export default function ChatSidebarToggle(props: ChatIslandProps) {
  return (
    <PageScope {...props}>
      <SidebarToggle />
    </PageScope>
  );
}
