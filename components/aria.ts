/** A state as ARIA wants it said: precompiled markup leaves out what is `false` and says nothing of what is `true`. */
export function ariaState(is: boolean): "true" | "false" {
  return is ? "true" : "false";
}
