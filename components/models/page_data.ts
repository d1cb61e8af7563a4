import type { ModelFilter } from "../../lib/client/models/model_filter.ts";
import type { ModelAt } from "../../lib/client/models/models_api.ts";
import type {
  ErrorBody,
  InstalledModel,
  ModelDetails,
  ModelDownload,
  ModelTarget,
} from "../../lib/shared/mod.ts";

/** What the page of models is rendered from. */
export interface ModelsPageData {
  models: InstalledModel[];
  targets: ModelTarget[];
  downloads: ModelDownload[];
  filter: ModelFilter;
  /** The model whose details are open, and what its server tells of it. */
  selected: string | null;
  details: ModelDetails | null;
  /** A model that is to be deleted, while that is asked. */
  deleting: ModelAt | null;
  /** What was typed as the name of a model to download. */
  wanted: string;
  /** Why there are no models, or what was refused of a posted form. */
  problem: ErrorBody | null;
  /** Whether models may be changed, not only looked at. */
  canManage: boolean;
  /** The server's time (ms since 1970), so that both sides render the same. */
  now: number;
}
