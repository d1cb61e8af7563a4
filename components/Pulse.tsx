/** Three dots that beat while a model thinks. */
export function Pulse() {
  return (
    <span class="pulse" aria-hidden="true">
      <i />
      <i />
      <i />
    </span>
  );
}
