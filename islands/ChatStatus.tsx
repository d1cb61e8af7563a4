import { type ChatIslandProps, PageScope } from "../components/chat/PageScope.tsx";
import { StatusBar } from "../components/chat/status/StatusBar.tsx";

/** The bar below everything. */
export default function ChatStatus(props: ChatIslandProps) {
  return (
    <PageScope {...props}>
      <StatusBar />
    </PageScope>
  );
}
