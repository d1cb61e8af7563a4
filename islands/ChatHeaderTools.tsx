import { type ChatIslandProps, PageScope } from "../components/chat/PageScope.tsx";
import { HeaderTools } from "../components/chat/HeaderTools.tsx";

/** The header's buttons of the chat page. */
export default function ChatHeaderTools(props: ChatIslandProps) {
  return (
    <PageScope {...props}>
      <HeaderTools />
    </PageScope>
  );
}
