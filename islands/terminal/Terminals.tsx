import { TerminalPage } from "../../components/terminal/TerminalPage.tsx";
import { type TerminalIslandProps, TerminalScope } from "../../components/terminal/TerminalScope.tsx";

/** The page of terminals. */
export default function Terminals(props: TerminalIslandProps) {
  return (
    <TerminalScope {...props}>
      <TerminalPage data={props.data} />
    </TerminalScope>
  );
}
