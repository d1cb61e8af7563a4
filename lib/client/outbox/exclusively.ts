/**
 * Does something with a message that no other tab is doing something with; null where one is. Browsers have locks for secure
 * pages only (https, or the own machine): elsewhere it is the message's key alone that keeps it from arriving twice.
 */
export async function exclusively<T>(messageId: string, action: () => Promise<T>): Promise<T | null> {
  const { locks } = navigator;
  if (!locks) return await action();
  return await locks.request(
    `freshet:unsent:${messageId}`,
    { ifAvailable: true },
    async (lock) => lock ? await action() : null,
  );
}
