import { ModelsPage } from "../../components/models/ModelsPage.tsx";
import { type ModelsIslandProps, ModelsScope } from "../../components/models/ModelsScope.tsx";

/** The page of models. */
export default function Models(props: ModelsIslandProps) {
  return (
    <ModelsScope {...props}>
      <ModelsPage data={props.data} />
    </ModelsScope>
  );
}
