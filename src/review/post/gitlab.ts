// Notes of a merge request at GitLab (REST, "Notes API").

import { Problem } from '../../errors.ts';
import { objectOf, objectsOf } from '../plan/json.ts';
import type { Forge, PostedComment } from './forge.ts';
import { callForge, type ForgeAccess } from './forge-http.ts';

export interface GitLabPlace {
  /** Number, or path of the project. */
  readonly project: string;
  readonly mergeRequest: number;
  readonly author: string | undefined;
}

const PAGE = 100;

export function gitLab(access: ForgeAccess, { project, mergeRequest, author }: GitLabPlace): Forge {
  const notes = `/projects/${encodeURIComponent(project)}/merge_requests/${mergeRequest}/notes`;
  let self: Promise<string> | undefined;
  return {
    self: () => {
      self ??= author === undefined ? whoAmI(access) : Promise.resolve(author);
      return self;
    },
    list: async () => {
      const found: PostedComment[] = [];
      for (let page = '1'; page !== ''; ) {
        const query = `sort=asc&order_by=created_at&per_page=${PAGE}&page=${page}`;
        const { json, header } = await callForge(access, 'GET', `${notes}?${query}`);
        // What GitLab itself notes ("changed the description") is nobody's comment.
        found.push(
          ...objectsOf(json)
            .filter(({ system }) => system !== true)
            .flatMap((one) => noteOf(one) ?? []),
        );
        page = header('x-next-page')?.trim() ?? '';
      }
      return found;
    },
    create: async (body) => {
      const { json } = await callForge(access, 'POST', notes, { body: { body } });
      const made = noteOf(objectOf(json));
      if (made !== undefined) return made;
      throw new Problem({
        code: 'unclear_outcome',
        summary: 'GitLab answered something else than a note',
        detail: 'Whether it was written is not known.',
      });
    },
    update: async (id, body) => {
      const { status } = await callForge(access, 'PUT', `${notes}/${id}`, { body: { body }, also: [404] });
      return status !== 404;
    },
    remove: async (id) => {
      await callForge(access, 'DELETE', `${notes}/${id}`, { also: [404] });
    },
  };
}

async function whoAmI(access: ForgeAccess): Promise<string> {
  const { username } = objectOf((await callForge(access, 'GET', '/user')).json);
  if (typeof username === 'string') return username;
  throw new Problem({
    code: 'unexpected_answer',
    summary: 'GitLab does not say whose token this is',
    detail: 'Name the user that writes with --author.',
  });
}

function noteOf(json: object): PostedComment | undefined {
  const { id, body, author } = objectOf(json);
  const { username } = objectOf(author);
  if (typeof id !== 'number') return undefined;
  return {
    id,
    body: typeof body === 'string' ? body : '',
    author: typeof username === 'string' ? username : '',
  };
}
