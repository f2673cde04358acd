import type { Operation } from '../http/operation.ts';
import { type Json, json } from '../http/responses.ts';
import { accessesOf, createProject, findProject } from '../organization/projects.ts';
import { Refusal, refuse } from '../organization/refusal.ts';

const text = { type: 'string' };
const SOURCE = 'iaam/api-reference/projects';

const create: Operation = {
  id: 'createProject',
  method: 'POST',
  path: '/v1/projects',
  budget: 'none',
  readsBody: true,
  jsonErrors: true,
  source: SOURCE,
  summary: "Creates a project of the caller's team. Some characters of the name are replaced.",
  certainty: 'documented',
  parameters: [{ name: 'request_id', description: 'Echoed; made when absent.' }],
  body: {
    type: 'object',
    required: ['name', 'products'],
    properties: {
      name: { ...text, maxLength: 255 },
      products: { type: 'array', items: text },
      description: text,
      access: { enum: ['global', 'restricted'] },
    },
  },
  answers: {
    type: 'object',
    required: ['request_id', 'project'],
    properties: {
      request_id: text,
      project: {
        type: 'object',
        required: ['id', 'name', 'products'],
        properties: { id: { type: 'integer' }, name: text, products: { type: 'array', items: text } },
      },
    },
  },
  handle: ({ context, caller, parameters, body }) => {
    const project = createProject(context, caller, body);
    if (project instanceof Refusal) return project;
    const { id, name, description, products, access } = project;
    const request_id = parameters.get('request_id') ?? context.random.uuid();
    return json({ request_id, project: { id, name, description, products, access } });
  },
};

const accesses: Operation = {
  id: 'listProjectAccesses',
  method: 'GET',
  path: '/v1/projects/{pid}/accesses',
  budget: 'none',
  jsonErrors: true,
  source: 'iaam/project-management/project-api',
  summary: 'Who may open a project. Field names are misspelt as on the page.',
  certainty: 'documented',
  parameters: [
    { name: 'page', description: 'From 1.' },
    { name: 'per_page', description: 'Default 20, at most 100.' },
  ],
  answers: {
    type: 'object',
    required: ['info', 'accesses'],
    properties: {
      info: {
        type: 'object',
        required: ['prev', 'next', 'page', 'page_size', 'count'],
        properties: {
          prev: { type: ['integer', 'null'] },
          next: { type: ['integer', 'null'] },
          page: { type: 'integer' },
          page_size: { type: 'integer' },
          count: { type: 'integer' },
        },
      },
      accesses: {
        type: 'array',
        items: {
          type: 'object',
          required: ['accessor_type', 'name'],
          properties: {
            accessor_type: { enum: ['user', 'team'] },
            name: text,
            email: text,
            overriden_role: { type: ['string', 'null'] },
            assigned_at: text,
            applicable_role: text,
          },
        },
      },
    },
  },
  handle: ({ context, caller, segments, parameters }) => {
    const project = findProject(context, caller, segments.pid ?? '');
    if (project instanceof Refusal) return project;
    const page = Number(parameters.get('page') ?? '1');
    const size = Number(parameters.get('per_page') ?? '20');
    const fits = [page, size].every((number) => Number.isInteger(number) && number >= 1) && size <= 100;
    if (!fits) return refuse(422, 'page and per_page are numbers from 1; per_page is at most 100.');
    const all = accessesOf(context, project).map(
      ({ accessorType, name, email, role }): Json => ({
        accessor_type: accessorType,
        name,
        ...(email === null ? {} : { email }),
        overriden_role: null,
        assigned_at: new Date(project.createdAt).toISOString(),
        ...(role === null ? {} : { applicable_role: role }),
      }),
    );
    const shown = all.slice((page - 1) * size, page * size);
    const info = {
      prev: page > 1 ? page - 1 : null,
      next: page * size < all.length ? page + 1 : null,
      page,
      page_size: size,
      count: all.length,
    };
    return json({ info, accesses: shown });
  },
};

export const projectOperations: readonly Operation[] = [create, accesses];
