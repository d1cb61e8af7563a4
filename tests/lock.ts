/** Does something while no other test file does something under this name. */
export async function underLock(name: string, work: () => Promise<void>): Promise<void> {
  const folder = Deno.env.get("TMPDIR") ?? "/tmp";
  using lock = await Deno.open(`${folder}/freshet-tests-${name}.lock`, { create: true, write: true });
  await lock.lock(true);
  await work();
}
