import { FreshetError } from "../../shared/mod.ts";
import { readMultipart } from "./form.ts";

/**
 * The bytes of a file that is the body of a request, as they arrive, or the field `file` of a form, of at most `formMaxBytes`.
 * Throws `invalid_request` where there is none, and what `readMultipart` throws.
 */
export async function uploadedFile(
  request: Request,
  formMaxBytes: number,
): Promise<AsyncIterable<Uint8Array>> {
  const mediaType = request.headers.get("content-type")?.toLowerCase() ?? "";
  if (!mediaType.startsWith("multipart/form-data")) {
    if (request.body) return request.body;
    throw missing();
  }
  const file = (await readMultipart(request, formMaxBytes)).get("file");
  // A form whose field was left empty sends a file without a name.
  if (!(file instanceof File) || (file.name === "" && file.size === 0)) throw missing();
  return file.stream();
}

function missing(): FreshetError {
  return new FreshetError("invalid_request", "Choose a file first", { field: "file" });
}
