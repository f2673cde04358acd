// Props that version 0.1.0 had. Programs that are not type-checked would lose them without a word, and keys their
// policy with them.

const FORMER: { readonly [name: string]: string } = {
  everyDays: 'policy: RotationPolicy.every(Duration.days(…))',
  minimumAgeDays: 'policy: RotationPolicy….keepAtLeast(Duration.days(…))',
  jitterDays: 'policy: RotationPolicy….jitter(Duration.days(…))',
  window: 'policy: RotationPolicy….within({ … }), with days as Weekday.MON …',
  adoptedKeyAge: 'policy: RotationPolicy….adoptedAs(AdoptedKeyAge.…)',
};

/** @throws when there are any, with what to write instead */
export function refuseFormerProps(path: string, props: object): void {
  const found = Object.keys(props).filter((name) => Object.hasOwn(FORMER, name));
  if (found.length === 0) return;
  const instead = found.map((name) => `${name} → ${FORMER[name]}`);
  throw new Error(`"${path}" is given what is part of its rotation policy now: ${instead.join('; ')}.`);
}
