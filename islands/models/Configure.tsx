import { type ConfigIslandProps, ConfigScope } from "../../components/models/config/ConfigScope.tsx";

/** The page of a model's configuration. */
export default function Configure(props: ConfigIslandProps) {
  return <ConfigScope {...props} />;
}
