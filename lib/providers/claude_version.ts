/** The version in the name of a Claude model as a number (`claude-3-7-sonnet-…` is 3.7); undefined for any other name. */
export function claudeVersion(model: string): number | undefined {
  if (!/claude/i.test(model)) return undefined;
  // A date of eight digits is no version.
  const match = /-(\d)(?:[-.](\d{1,2}))?(?=-|$|@|:)/.exec(model);
  return match ? Number(`${match[1]}.${match[2] ?? 0}`) : undefined;
}
