// What BrowserStack's documentation leaves open is answered here and nowhere else: one named switch per guess.

/** How sure we are of the default. */
export type Certainty =
  /** The newest official text says so, but an older one or a sample says otherwise. */
  | 'contradiction'
  /** Nothing says so; it follows from what stands beside it. */
  | 'inferred'
  /** Nothing says so and nothing follows: a choice. */
  | 'guess';

interface Explained {
  /** Written on the command line as `--behaviour name=value`. */
  readonly name: string;
  /** The question the documentation leaves open. */
  readonly question: string;
  /** Why the default is what it is. */
  readonly reason: string;
  readonly certainty: Certainty;
  /** The page or public code the default leans on. */
  readonly source: string;
}

/** A switch with named positions. */
export interface ChoiceBehaviour extends Explained {
  readonly default: string;
  /** The default in strict mode, where only the newest official text is served. */
  readonly strict?: string;
  readonly choices: readonly string[];
}

/** A switch that is a whole number. */
export interface NumberBehaviour extends Explained {
  readonly default: number;
  readonly unit: 'seconds' | 'accounts' | 'requests';
  readonly maximum: number;
}

export type Behaviour = ChoiceBehaviour | NumberBehaviour;

/** The values one behaviour can take, as a type. */
export type ValueOf<B> = B extends { choices: readonly (infer C)[] } ? C : number;

/** The switches of a catalogue, by name. */
export type SwitchesOf<C extends readonly Behaviour[]> = {
  readonly [B in C[number] as B['name']]: ValueOf<B>;
};

/** Keeps the literal names and choices of a catalogue, so that its switches are typed. */
export function defineBehaviours<const C extends readonly Behaviour[]>(behaviours: C): C {
  return behaviours;
}
