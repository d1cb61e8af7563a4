import { NodesPage } from "../../components/nodes/NodesPage.tsx";
import { type NodesIslandProps, NodesScope } from "../../components/nodes/NodesScope.tsx";

/** The page of nodes. */
export default function Nodes(props: NodesIslandProps) {
  return (
    <NodesScope {...props}>
      <NodesPage data={props.data} />
    </NodesScope>
  );
}
