import { MarketPage, type MarketPageData } from "../../components/models/MarketPage.tsx";
import { type ModelsIslandProps, ModelsScope } from "../../components/models/ModelsScope.tsx";

/** The page of the catalogue. */
export default function Market(props: ModelsIslandProps<MarketPageData>) {
  return (
    <ModelsScope {...props}>
      <MarketPage data={props.data} />
    </ModelsScope>
  );
}
