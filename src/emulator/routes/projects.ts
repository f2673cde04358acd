import type { Operation } from '../http/operation.ts';
import { type Json, json } from '../http/responses.ts';
import { accessesOf, createProject, findProject } from '../organization/projects.ts';
import { Refusal } from '../organization/refusal.ts';
import { listParameters, type NumberParameter, numberOf, unlessRefused } from './list-parameters.ts';
import { nameSchema } from './text-schema.ts';

const text = { type: 'string' };
const SOURCE = 'iaam/api-reference/projects';
const pageParameter: NumberParameter = {
  name: 'page',
  description: 'Which page.',
  schema: { type: 'integer', minimum: 1, default: 1 },
};
const perPage: NumberParameter = {
  name: 'per_page',
  description: 'How many stand on a page.',
  schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 },
};

const create: Operation = {
  links: [{ to: 'listProjectAccesses', parameter: 'pid', from: '/project/id' }],
  tag: 'Projects',
  refuses: [403],
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
      name: nameSchema(1, 255, { layout: true }),
      products: { type: 'array', minItems: 1, items: text },
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
  tag: 'Projects',
  refuses: (behaviours) => [403, 404, behaviours['bad-list-parameter']],
  id: 'listProjectAccesses',
  method: 'GET',
  path: '/v1/projects/{pid}/accesses',
  budget: 'none',
  jsonErrors: true,
  source: 'iaam/project-management/project-api',
  summary: 'Who may open a project. Field names are misspelt as on the page.',
  certainty: 'documented',
  parameters: listParameters(pageParameter, perPage),
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
    const given = unlessRefused(
      numberOf(context, parameters, pageParameter),
      numberOf(context, parameters, perPage),
    );
    if (given instanceof Refusal) return given;
    const [page, size] = given;
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
