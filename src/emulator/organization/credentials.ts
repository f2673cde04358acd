import type { Context } from '../context.ts';

const TAILS = { 'underscore-8': ['_', 8], 'plain-6': ['', 6], 'underscore-11': ['_', 11] } as const;

/** A user name nobody in the organization has or had lately: letters of the wanted name and a random tail. */
export function newUsername(context: Context, wanted: string): string {
  const letters = wanted
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .slice(0, 16);
  const [separator, length] = TAILS[context.behaviours['username-form']];
  for (;;) {
    const username = `${letters || 'account'}${separator}${context.random.alphanumerics(length)}`;
    if (!isUsernameTaken(context, username)) return username;
  }
}

function isUsernameTaken({ state }: Context, username: string): boolean {
  return (
    state.users.some((user) => user.username === username) ||
    state.accounts.some((account) => account.username === username) ||
    [...state.removedAccounts, ...state.removedUsers].some(({ was }) => was.username === username)
  );
}

export function newAccessKey(context: Context): string {
  return context.random.alphanumerics(Number(context.behaviours['key-form']));
}
