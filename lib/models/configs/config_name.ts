import { FreshetError, withTag } from "../../shared/mod.ts";
import { looksLikeKeptCopy } from "../../shared/model_configs/mod.ts";
import { sha256Hex } from "../../store/mod.ts";

/** By Ollama's types/model/name.go: host and namespace, a name, and a tag. */
const NAME = /^([\w][\w.:-]*\/)*[\w][\w.-]{0,79}:[\w][\w.-]{0,79}$/;

/** The name of a model to make, with its tag. Throws `invalid_request`. */
export function nameOf(wanted: string): string {
  const name = withTag(wanted);
  if (!NAME.test(name)) {
    throw new FreshetError(
      "invalid_request",
      "Name the model in letters, digits, dots and hyphens, such as mine:v1",
      { field: "name" },
    );
  }
  if (looksLikeKeptCopy(name)) {
    throw new FreshetError("invalid_request", "Names that end so are for the copies that Freshet keeps", {
      field: "name",
    });
  }
  return name;
}

/** The id of a name's configuration: made of it, so that two that are saved at once cannot both be made. */
export async function configIdOf(name: string): Promise<string> {
  return (await sha256Hex(new TextEncoder().encode(name))).slice(0, 24);
}
