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
  return spoiled(value, 'user name', path);
};

/** What no access key can hold. Blanks and line ends around it are not part of it. */
export const accessKey: Validator<string> = (value, path) => spoiled(value, 'access key', path);

/** What copying, a clipboard or an env file added. */
function spoiled(value: string, what: string, path: Problem['path']): Problem | undefined {
  const added = addedTo(value.trim());
  if (added === undefined) return undefined;
  return new Problem({
    code: 'invalid_input',
    summary: `This is no ${what}`,
    detail: `It holds ${added}. Copy it again, and only it.`,
    ...(path === undefined ? {} : { path }),
  });
}

function addedTo(text: string): string | undefined {
  if (/[\s\p{Cc}]/u.test(text)) return 'a blank, a line end or a control character';
  if (/\p{Cf}/u.test(text)) return 'a character that cannot be seen';
  if (/^(["']).*\1$/u.test(text))
    return 'quotation marks around it, which a shell takes away and a file of variables may not';
  return undefined;
}
