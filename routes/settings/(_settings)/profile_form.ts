/** What a form says of an avatar, to be checked. */
export function avatarIn(form: URLSearchParams): { text: string; color: string } {
  return { text: form.get("avatar") ?? "", color: form.get("color") ?? "teal" };
}
