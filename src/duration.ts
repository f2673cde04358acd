const UNITS = [
  [3600, 'h'],
  [60, 'min'],
  [1, 's'],
] as const;

/** Seconds as people say them, a broken second as a whole one: `4 s`, `6 min 20 s`, `2 h 5 min`. */
export function durationInWords(seconds: number): string {
  let rest = Math.ceil(seconds);
  const parts = UNITS.flatMap(([size, unit]) => {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    return amount > 0 ? [`${amount} ${unit}`] : [];
  });
  return parts.length === 0 ? '0 s' : parts.join(' ');
}
