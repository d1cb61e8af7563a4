const TONES_HZ = [660, 880];
const TONE_SECONDS = 0.35;
let context: AudioContext | undefined;

/** Lets the page make sounds later: browsers allow that only where the person has just pressed something. */
export function prepareChime(): void {
  context ??= new AudioContext();
  void context.resume();
}

/** Two short tones. */
export function chime(): void {
  if (!context) return;
  for (const [index, tone] of TONES_HZ.entries()) {
    const starts = context.currentTime + index * TONE_SECONDS;
    const oscillator = new OscillatorNode(context, { frequency: tone });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setValueAtTime(0.25, starts);
    gain.gain.exponentialRampToValueAtTime(0.001, starts + TONE_SECONDS);
    oscillator.connect(gain).connect(context.destination);
    oscillator.start(starts);
    oscillator.stop(starts + TONE_SECONDS);
  }
}
