import { Problem } from '../../errors.ts';
import type { Validator } from '../../schema/attribute.ts';

/** What no user name can hold. Blanks and line ends around it are not part of it. */
export const username: Validator<string> = (value, path) => {
  if (value.includes(':'))
    return new Problem({
      code: 'invalid_input',
      summary: 'A user name has no colon',
      detail:
        'What follows the colon would be taken for the access key. Give USERNAME and KEY apart, as username and access_key.',
      path,
    });
  return hasBlanks(value) ? blanks('user name', path) : undefined;
};

/** What no access key can hold. Blanks and line ends around it are not part of it. */
export const accessKey: Validator<string> = (value, path) =>
  hasBlanks(value) ? blanks('access key', path) : undefined;

function hasBlanks(value: string): boolean {
  return /[\s\p{Cc}]/u.test(value.trim());
}

function blanks(what: string, path: Problem['path']): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `This is no ${what}`,
    detail: `It holds a blank, a line end or a control character. Copy it again, and only it.`,
    ...(path === undefined ? {} : { path }),
  });
}
