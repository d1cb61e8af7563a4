import type { ErrorBody } from "../../lib/shared/mod.ts";
import { Icon } from "../Icon.tsx";

/** What was refused, and what can be done about it. */
export function Problem({ error }: { error: ErrorBody }) {
  return (
    <div class="problem" role="alert">
      <Icon name="circle-alert" />
      <div>
        <p class="problem__message">{error.message}</p>
        {error.hint && <p class="problem__hint">{error.hint}</p>}
      </div>
    </div>
  );
}
