import { type ChatIslandProps, PageScope } from "../components/chat/PageScope.tsx";
import { Composer } from "../components/chat/composer/Composer.tsx";

/** Where a message is typed. */
export default function ChatComposer(props: ChatIslandProps) {
  return (
    <PageScope {...props}>
      <Composer />
    </PageScope>
  );
}
