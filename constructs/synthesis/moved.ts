// What is renamed or moved in the construct tree has another address in Terraform. Without a `moved` block Terraform
// would delete the old object and make a new one: another account, another key.

import { TerraformElement, TerraformResource, TerraformStack } from 'cdktf';
import type { Construct, IConstruct } from 'constructs';
import { nameIn } from './address';

/** Ids from the stack (exclusive) to a construct. */
type Place = readonly string[];

/** What a construct was before. */
interface Former {
  /** Places; one of a single id was in the same scope as now. */
  readonly places: Place[];
  /** Type of the resource, where Terraform can move it from another one. */
  type?: string;
}

const formers = new WeakMap<IConstruct, Former>();

/**
 * Says that a construct, with all that stands in it, had another id, or stood elsewhere, when it was last deployed.
 * @param from The former id, or the whole former path as messages show it: "stack/acme/payments".
 * @throws when the path is not in this stack, or is the present one
 */
export function recordMove(construct: Construct, from: string): void {
  const place = placeFrom(from, TerraformStack.of(construct), construct);
  formerOf(construct).places.push(place);
}

/** Says that a resource may have been one of another type, which Terraform can move to its present one. */
export function recordFormerType(resource: TerraformResource, type: string): void {
  formerOf(resource).type = type;
}

function formerOf(construct: Construct): Former {
  const known = formers.get(construct);
  if (known !== undefined) return known;
  const former = { places: [] };
  formers.set(construct, former);
  new MovedBlocks(construct);
  return former;
}

function placeFrom(from: string, stack: TerraformStack, construct: IConstruct): Place {
  const { id, path } = construct.node;
  if (from === id || from === path)
    throw new Error(`"${path}" cannot have moved from "${from}": that is where it is.`);
  if (!from.includes('/')) return [from];
  const root = `${stack.node.path}/`;
  if (from.startsWith(root)) return from.slice(root.length).split('/');
  throw new Error(
    `"${path}" cannot have moved from "${from}". Give its former id, or its former path in the same stack, which begins with "${root}": what moves to another stack is imported there.`,
  );
}

/** The `moved` blocks of everything of which a construct is the nearest one that moved. */
class MovedBlocks extends TerraformElement {
  private readonly mover: Construct;

  constructor(mover: Construct) {
    super(mover, 'Moved');
    this.mover = mover;
    this.node.addValidation({ validate: () => this.conflicts() });
  }

  public override toTerraform(): object {
    const moved = this.moves();
    return moved.length === 0 ? {} : { moved };
  }

  public override toHclTerraform(): object {
    const address = (value: string) => ({
      value,
      isBlock: false,
      type: 'simple',
      storageClassType: 'reference',
    });
    const moved = this.moves().map(({ from, to }) => ({ from: address(from), to: address(to) }));
    return moved.length === 0 ? {} : { moved };
  }

  private moves(): { from: string; to: string }[] {
    return this.mover.node
      .findAll()
      .filter(TerraformResource.isTerraformResource)
      .filter((resource) => moverOf(resource) === this.mover)
      .flatMap((resource) => {
        const addresses = formerAddresses(resource);
        return addresses.slice(1).map((from, index) => ({ from, to: addresses[index] ?? '' }));
      });
  }

  private conflicts(): string[] {
    const { stack } = this;
    return (formers.get(this.mover)?.places ?? []).flatMap((place) => {
      const ids = place.length > 1 ? place : [...placeOf(this.mover, stack).slice(0, -1), ...place];
      const there = ids.reduce<IConstruct | undefined>((at, id) => at?.node.tryFindChild(id), stack);
      if (there === undefined) return [];
      return [
        `It is said to have moved from "${there.node.path}", but there is still a construct. Take one of both away.`,
      ];
    });
  }

  private get stack(): TerraformStack {
    return TerraformStack.of(this);
  }
}

function moverOf(resource: IConstruct): IConstruct | undefined {
  return [...resource.node.scopes].reverse().find((scope) => formers.has(scope));
}

/**
 * The address now, then every address that it may have in a state, one step after the other: which of several moves
 * around a resource was deployed first cannot be known, and Terraform follows a chain from any link of it.
 */
function formerAddresses(resource: TerraformResource): readonly string[] {
  const stack = TerraformStack.of(resource);
  const name = nameIn(stack, resource.node);
  // Somebody gave it a name that does not depend on where it stands.
  if (name !== resource.friendlyUniqueId) return [];
  const places = chain(resource, stack);
  const names = places.map((place) => nameIn(stack, elsewhere(resource, stack, place)));
  const now = resource.terraformResourceType;
  const addresses = [...new Set(names)].map((one) => `${now}.${one}`);
  const type = formers.get(resource)?.type;
  if (type === undefined) return addresses;
  return [...addresses, ...[...addresses].reverse().map((address) => address.replace(now, type))];
}

/** All combinations of present and former places, neighbours differing in one of them (a reflected Gray code). */
function chain(resource: IConstruct, stack: TerraformStack): readonly Place[] {
  const scopes = resource.node.scopes.slice(resource.node.scopes.indexOf(stack) + 1);
  return scopes.reduceRight<readonly Place[]>(
    (places, scope) => {
      const variants = (formers.get(scope)?.places ?? []).map((former) =>
        places.map((place) => before(place, placeOf(scope, stack), former)),
      );
      return [places, ...variants].flatMap((one, turn) => (turn % 2 === 0 ? one : [...one].reverse()));
    },
    [placeOf(resource, stack)],
  );
}

/** `place` as it was before what stands at `here` came from `former`; unchanged if it was not in there. */
function before(place: Place, here: Place, former: Place): Place {
  if (here.some((id, index) => place[index] !== id)) return place;
  const whole = former.length > 1 ? former : [...here.slice(0, -1), ...former];
  return [...whole, ...place.slice(here.length)];
}

function placeOf({ node }: IConstruct, stack: TerraformStack): Place {
  return node.scopes.slice(node.scopes.indexOf(stack) + 1).map((scope) => scope.node.id);
}

/** The node as if it stood elsewhere: for the stack's own rule of naming, which users can replace. */
function elsewhere({ node }: IConstruct, stack: TerraformStack, place: Place): IConstruct['node'] {
  const scopes = [
    ...node.scopes.slice(0, node.scopes.indexOf(stack) + 1),
    ...place.map((id) => ({ node: { id } })),
  ];
  return Object.create(node, {
    scopes: { value: scopes },
    id: { value: place.at(-1) },
    path: { value: [stack.node.path, ...place].join('/') },
  });
}
