// Comments of a pull request at GitHub (REST, "Issue comments": a pull request is an issue there).

import { Problem } from '../../errors.ts';
import { objectOf, objectsOf } from '../plan/json.ts';
import type { Forge, PostedComment } from './forge.ts';
import { callForge, type ForgeAccess } from './forge-http.ts';

export interface GitHubPlace {
  /** `owner/name`. */
  readonly repository: string;
  readonly pullRequest: number;
  /** Who writes, where the token cannot be asked: that of a workflow belongs to no user. */
  readonly author: string | undefined;
}

/** The author of comments that the token of a workflow writes. */
const WORKFLOW = 'github-actions[bot]';
const PAGE = 100;

export function gitHub(access: ForgeAccess, { repository, pullRequest, author }: GitHubPlace): Forge {
  const repo = `/repos/${repository.split('/').map(encodeURIComponent).join('/')}`;
  const comments = `${repo}/issues/${pullRequest}/comments`;
  let self: Promise<string> | undefined;
  return {
    self: () => {
      self ??= author === undefined ? whoAmI(access) : Promise.resolve(author);
      return self;
    },
    list: async () => {
      const found: PostedComment[] = [];
      for (let page = 1; ; page++) {
        const { json } = await callForge(access, 'GET', `${comments}?per_page=${PAGE}&page=${page}`);
        const these = objectsOf(json).flatMap((one) => commentOf(one) ?? []);
        found.push(...these);
        if (!Array.isArray(json) || json.length < PAGE) return found;
      }
    },
    create: async (body) => {
      const { json } = await callForge(access, 'POST', comments, { body: { body } });
      const made = commentOf(objectOf(json));
      if (made !== undefined) return made;
      throw new Problem({
        code: 'unclear_outcome',
        summary: 'GitHub answered something else than a comment',
        detail: 'Whether it was written is not known.',
      });
    },
    update: async (id, body) => {
      const { status } = await callForge(access, 'PATCH', `${repo}/issues/comments/${id}`, {
        body: { body },
        also: [404],
      });
      return status !== 404;
    },
    remove: async (id) => {
      await callForge(access, 'DELETE', `${repo}/issues/comments/${id}`, { also: [404] });
    },
  };
}

async function whoAmI(access: ForgeAccess): Promise<string> {
  const { status, json } = await callForge(access, 'GET', '/user', { also: [403, 404] });
  const { login } = objectOf(json);
  return status < 300 && typeof login === 'string' ? login : WORKFLOW;
}

function commentOf(json: object): PostedComment | undefined {
  const { id, body, user } = objectOf(json);
  const { login } = objectOf(user);
  if (typeof id !== 'number') return undefined;
  return { id, body: typeof body === 'string' ? body : '', author: typeof login === 'string' ? login : '' };
}
