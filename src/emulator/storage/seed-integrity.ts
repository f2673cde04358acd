// What a seed's schema cannot say: names that must exist, and names that must exist once.

import { type AttributePath, Problem } from '../../errors.ts';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Checks whatever of a seed can be read, so that a mistake of shape in one place hides none of sense in another.
 * What has the wrong shape is passed over: the schema complains about it.
 */
export function checkIntegrity(seed: unknown): Problem[] {
  const problems: Problem[] = [];
  const report = (path: AttributePath, summary: string) =>
    problems.push(new Problem({ code: 'invalid_input', summary, path }));
  const once = (
    values: readonly (readonly [AttributePath, unknown])[],
    what: string,
    ignoringCase = false,
  ) => {
    const seen = new Set<string>();
    for (const [path, value] of values) {
      if (typeof value !== 'string') continue;
      const name = ignoringCase ? value.toLowerCase() : value;
      if (seen.has(name)) report(path, `${what} "${value}" is there twice`);
      seen.add(name);
    }
  };
  const whole = fieldsOf(seed);
  const organization = fieldsOf(whole.organization).name;
  const [users, teams, accounts] = [rowsOf(whole.users), rowsOf(whole.teams), rowsOf(whole.service_accounts)];
  const teamNames = new Set(teams.map(({ name }) => name));
  const known = (path: AttributePath, team: unknown, extra?: unknown) => {
    if (typeof team !== 'string' || teamNames.has(team) || team === extra) return;
    report(path, `Team "${team}" is not among the teams of the seed`);
  };
  once(
    [
      [['organization', 'name'], organization],
      ...teams.map(({ name }, i) => [['teams', i, 'name'], name] as const),
    ],
    'Team',
    true,
  );
  once(
    [
      ...users.map(({ username }, i) => [['users', i, 'username'], username] as const),
      ...accounts.map(({ username }, i) => [['service_accounts', i, 'username'], username] as const),
    ],
    'User name',
  );
  // One who is there twice has one address twice: that is told already.
  const isFirst = (user: Fields) => users.find(({ username }) => username === user.username) === user;
  once(
    users.map((user, i) => [['users', i, 'email'], isFirst(user) ? addressOf(user) : user.email]),
    'E-mail address',
    true,
  );
  users.forEach(({ team, additional_teams, role }, i) => {
    known(['users', i, 'team'], team);
    if (Array.isArray(additional_teams))
      additional_teams.forEach((name: unknown, at) => {
        known(['users', i, 'additional_teams', at], name);
      });
    if (role !== 'owner') return;
    if (team !== undefined)
      report(['users', i, 'team'], 'The Owner belongs to the organization, not to a team');
    if (users.findIndex((other) => other.role === 'owner') !== i)
      report(['users', i, 'role'], 'An organization has exactly one Owner');
  });
  accounts.forEach(({ team }, i) => {
    known(['service_accounts', i, 'team'], team, organization);
  });
  return problems;
}

/** The address of a person, made of the user name when the seed gives none. */
export function addressOf({
  email,
  username,
}: {
  readonly email?: unknown;
  readonly username?: unknown;
}): string {
  return typeof email === 'string' ? email : `${String(username)}@example.com`;
}

function rowsOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

function fieldsOf(value: unknown): Fields {
  // Any object can be asked for any name; what comes back is checked where it is used.
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}
