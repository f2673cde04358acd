import { asLiteral } from '../../reconcile/input/scope.ts';
import type { Adoptee } from '../../reconcile/plan/objects/adoption.ts';

const TEAM = 'browserstack_team';

/** The adopted objects as a CDKTF program's function: teams, accounts inside them, and what imports each. */
export function adoptionAsCdktf(adoptees: readonly Adoptee[]): string {
  const teams = adoptees.filter(({ type }) => type === TEAM);
  const accounts = adoptees.filter(({ type }) => type !== TEAM);
  const names = new Names();
  const variables = new Map(teams.map((team) => [`${TEAM}.${team.label}`, names.next(team.label)]));
  const lines = teams.map((team) => {
    const variable = variables.get(`${TEAM}.${team.label}`) ?? '';
    const props = `{ name: ${string(team.name)} }`;
    const made = `imported(new Team(organization, ${string(team.label)}, ${props}), ${string(asLiteral(team.importId))})`;
    const used = accounts.some((account) => teamOf(account)?.address === `${TEAM}.${team.label}`);
    return used ? `const ${variable} = ${made};` : `${made};`;
  });
  for (const account of accounts) {
    const team = teamOf(account);
    const scope = team === undefined ? 'organization' : enclosing(team, variables, names, lines);
    const props = `{ identifier: ${string(account.name)} }`;
    lines.push(
      `imported(new ServiceAccount(${scope}, ${string(account.label)}, ${props}), ${string(asLiteral(account.importId))});`,
    );
  }
  const body = lines.map((line) => `  ${line}\n`).join('');
  const used = [
    accounts.length > 0 ? ['ServiceAccount'] : [],
    /\bTeam[(.]/u.test(body) ? ['Team'] : [],
  ].flat();
  return `${header(used)}export function adopt(organization: IOrganization): void {\n${body}}\n${IMPORTED}`;
}

interface TeamReference {
  readonly name: string;
  /** Of a team that is adopted too, or declared in the stack already. */
  readonly address: string | undefined;
}

function teamOf({ arguments: { team } }: Adoptee): TeamReference | undefined {
  if (team === undefined) return undefined;
  return { name: String(team.literal), address: 'address' in team ? team.address : undefined };
}

/** The variable of the team; one that is declared elsewhere is only mentioned. */
function enclosing(
  { name, address }: TeamReference,
  variables: Map<string, string>,
  names: Names,
  lines: string[],
): string {
  const known = variables.get(address ?? name);
  if (known !== undefined) return known;
  const variable = names.next(name);
  variables.set(address ?? name, variable);
  lines.push(
    `const ${variable} = Team.fromTeamName(organization, ${string(`existing-${variable}`)}, ${string(name)});`,
  );
  return variable;
}

/** Distinct variable names, made of whatever text; never a word of the language. */
class Names {
  readonly #taken = new Set<string>(['adopt', 'imported', 'organization']);

  next(text: string): string {
    const words = text.split(/[^A-Za-z0-9]+/u).filter(Boolean);
    const camel = words
      .map((word, index) => (index === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1)))
      .join('');
    const base = `${/^[a-z]/u.test(camel) ? camel : `_${camel}`}Team`;
    let name = base;
    for (let count = 2; this.#taken.has(name); count += 1) name = `${base}${count}`;
    this.#taken.add(name);
    return name;
  }
}

/** A string literal in single quotes, whatever is in the text. */
function string(text: string): string {
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
  return `'${escaped}'`;
}

function header(constructs: readonly string[]): string {
  const names = ['type IOrganization', ...constructs].join(', ');
  return `// Written by "browserstack-iac adopt": what exists, declared as it is. Contains no key.
// Call it with your Organization. The next plan imports everything and changes nothing; after the next apply
// \`imported(…)\` can be taken away.

import { ${names} } from 'browserstack-iac';
import type { TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';

`;
}

const IMPORTED = `
/** Takes over what exists under \`id\` instead of creating it. */
function imported<T extends Construct>(construct: T, id: string): T {
  (construct.node.defaultChild as TerraformResource).importFrom(id);
  return construct;
}
`;
