import { numberFor, textFor, textsFor } from '../../policy/policy.ts';
import { count, named, say } from '../phrase.ts';
import { isKey, isPair } from '../words/nouns.ts';
import { at, type Check, hasRemark, touched } from './check.ts';

/** What merely comes along with its account, or goes, is declared there. */
export const consumersDeclared: Check = ({ review }) =>
  review.changes
    .filter((change) => (isKey(change) || isPair(change)) && change.consumers.length === 0)
    .filter(({ kind, cause }) => kind !== 'forget' && kind !== 'move' && cause.code !== 'cascade')
    .map((change) => ({ ...at(change), message: ['nobody is declared who uses it'] }));

const CONTACT = /^owner:/iu;

export const ownerDeclared: Check = (context) =>
  touched(context, 'browserstack_service_account').flatMap(({ address, after, unknown }) => {
    const owned =
      after?.owner != null ||
      unknown.has('owner') ||
      unknown.has('consumers') ||
      after?.consumers.some((one) => CONTACT.test(one));
    const identifier = after?.identifier;
    return owned
      ? []
      : [{ address, ...(identifier == null ? {} : { identifier }), message: ['it has no owner'] }];
  });

export const teamRequired: Check = (context) =>
  touched(context, 'browserstack_service_account').flatMap(({ address, after, unknown }) => {
    if (after === undefined || after.team !== null || unknown.has('team')) return [];
    const { identifier } = after;
    return [
      {
        address,
        ...(identifier === null ? {} : { identifier }),
        message: ['it belongs to the whole organization'],
      },
    ];
  });

export const oneKeyOneUse: Check = ({ review, policy }) => {
  const max = numberFor(policy, 'one-key-one-use', 'max');
  const words = textsFor(policy, 'one-key-one-use', 'environments');
  return review.changes
    .filter((change) => isKey(change) && change.kind !== 'forget' && change.cause.code !== 'cascade')
    .flatMap((change) => {
      const uses = change.consumers.filter((consumer) => !CONTACT.test(consumer));
      if (uses.length > max)
        return [{ ...at(change), message: [`${count(uses.length, 'consumer')} share it`] }];
      const environments = [...new Set(uses.flatMap((use) => environmentsIn(use, words)))];
      return environments.length > 1
        ? [{ ...at(change), message: ['it is used in ', ...named(environments)] }]
        : [];
    });
};

function environmentsIn(consumer: string, words: readonly string[]): readonly string[] {
  const tokens = new Set(consumer.toLowerCase().split(/[^a-z0-9]+/u));
  return words.filter((word) => tokens.has(word.toLowerCase())).map((word) => SAME[word] ?? word);
}

/** Two words for one environment are one. */
const SAME: Readonly<Record<string, string>> = { production: 'prod', stage: 'staging' };

export const identifierPattern: Check = (context) => {
  const pattern = textFor(context.policy, 'identifier-pattern', 'pattern');
  return touched(context, 'browserstack_service_account').flatMap(({ address, action, after }) => {
    const { identifier, team } = after ?? {};
    if (action !== 'create' || identifier == null) return [];
    if (pattern !== '')
      return new RegExp(pattern, 'u').test(identifier)
        ? []
        : [{ address, identifier, message: say`it does not match ${pattern}` }];
    if (team == null || namesTeam(identifier, team)) return [];
    return [{ address, identifier, message: say`it does not name its team, ${team}` }];
  });
};

function namesTeam(identifier: string, team: string): boolean {
  const words = team
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(({ length }) => length > 2);
  return words.length === 0 || words.some((word) => identifier.toLowerCase().includes(word));
}

export const personAdmin: Check = ({ review }) =>
  review.changes
    .filter(
      (change) =>
        hasRemark(change, 'admin') ||
        change.remarks.some((remark) => remark.code === 'role_changed' && remark.to !== 'user'),
    )
    .map((change) => ({ ...at(change), message: ['becomes an admin by code'] }));

export const personUsesKey: Check = ({ document, review }) => {
  const people = new Set(
    [...document.prior, ...document.planned].flatMap((object) =>
      object.type === 'browserstack_user' && object.values.username !== null ? [object.values.username] : [],
    ),
  );
  return review.changes
    .filter(
      (change) =>
        (isKey(change) || isPair(change)) && change.username !== undefined && people.has(change.username),
    )
    .map((change) => ({ ...at(change), message: ['its user name is that of a person'] }));
};
