import type { Operation } from '../../lifecycle/operation.ts';
import type { ObjectValue } from '../../schema/value.ts';
import type { ResourceTypes } from '../resource-types.ts';

type Look = (object: ObjectValue) => Readonly<Record<string, string | null>>;

/** Facts about objects that are no attributes of theirs, looked at once for all of them. */
export class Marks<Session> {
  readonly #types: ResourceTypes<Session>;
  readonly #op: Operation<Session>;
  readonly #looks = new Map<string, Promise<readonly Look[]>>();

  constructor(types: ResourceTypes<Session>, op: Operation<Session>) {
    this.#types = types;
    this.#op = op;
  }

  async of(type: string, object: ObjectValue): Promise<Readonly<Record<string, string | null>>> {
    const looks = this.#looks.get(type) ?? this.#lookAt(type);
    this.#looks.set(type, looks);
    return Object.assign({}, ...(await looks).map((look) => look(object)));
  }

  /** Something may have changed since: the next question looks again. */
  forget(): void {
    this.#looks.clear();
  }

  #lookAt(type: string): Promise<readonly Look[]> {
    return Promise.all(
      this.#types.all.flatMap(({ marks }) => (marks?.of === type ? [marks.look(this.#op)] : [])),
    );
  }
}
