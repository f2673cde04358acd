import { expect, test } from 'vitest';
import { ManualClock } from '../../src/clock.ts';
import { attribute } from '../../src/schema/attribute.ts';
import { defineSchema } from '../../src/schema/schema.ts';
import { stringType } from '../../src/schema/type.ts';
import { Dynamic } from '../../src/schema/value.ts';
import { Scrubber } from '../../src/scrubber.ts';
import { Secret } from '../../src/secret.ts';
import { createLogger, type Level, levelFrom, rawLines } from '../../src/tfplugin/log/logger.ts';
import { sensitiveStrings } from '../../src/tfplugin/log/sensitive.ts';

function logged(level: Level, scrubber = new Scrubber()) {
  const lines: string[] = [];
  const logger = createLogger({
    level,
    module: 'provider.test',
    clock: new ManualClock('2026-01-02T03:04:05.678Z'),
    scrub: scrubber.scrub,
    write: (line) => lines.push(line),
  });
  return { logger, lines };
}

test('a line is hclog JSON with six fractional digits', () => {
  const { logger, lines } = logged('info');
  logger.log('info', 'hello', { n: 1, who: 'x' });
  logger.log('debug', 'too quiet');
  expect(lines).toEqual([
    '{"@level":"info","@message":"hello","@module":"provider.test","@timestamp":"2026-01-02T03:04:05.678000Z","n":1,"who":"x"}\n',
  ]);
});

test('trap 48: a field cannot replace the message', () => {
  const { logger, lines } = logged('trace');
  logger.log('info', 'hello', { '@message': 1 });
  expect(JSON.parse(lines[0] ?? '')['@message']).toBe('hello');
});

test.each([
  [{}, 'off'],
  [{ TF_LOG: 'DEBUG' }, 'debug'],
  [{ TF_LOG: 'json' }, 'trace'],
  [{ TF_LOG: 'TRACE', TF_LOG_PROVIDER: 'error' }, 'error'],
  [{ TF_LOG: 'INFO', TF_LOG_PROVIDER: '' }, 'info'],
  [{ TF_LOG: 'off' }, 'off'],
  [{ TF_LOG: 'yes please' }, 'trace'],
] as const)('%j means %s', (env, level) => {
  expect(levelFrom(env)).toBe(level);
});

test('trap 48: raw lines never look like JSON', () => {
  expect(rawLines('panic: a\n{"@message":1}\r\n  [1]\n{"x"')).toBe(
    'panic: a\n| {"@message":1}\n|   [1]\n| {"x"\n',
  );
});

test('secrets are masked in messages and fields, in every form they travel in', () => {
  const scrubber = new Scrubber();
  scrubber.register(new Secret('p@ss "w"/ord'));
  scrubber.register(new Secret('p@ss "w"/ord-longer'));
  const { logger, lines } = logged('trace', scrubber);
  const basic = Buffer.from('p@ss "w"/ord').toString('base64');
  logger.log('info', `a p@ss "w"/ord-longer b ${basic} c ${encodeURIComponent('p@ss "w"/ord')}`, {
    k: 'p@ss "w"/ord',
  });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ '@message': 'a *** b *** c ***', k: '***' });
});

test('a key is masked in a dump of its bytes, and what is hidden in a text becomes visible', () => {
  const scrubber = new Scrubber();
  scrubber.register(new Secret('FirstCanaryKey000001'));
  const hex = Buffer.from('FirstCanaryKey000001').toString('hex');
  expect(scrubber.scrub(`${hex} ${hex.toUpperCase()} 0x${hex}`)).toBe('*** *** 0x***');
  const { logger, lines } = logged('trace', scrubber);
  logger.log('info', 'a\u202Eb\x1b[2J', { k: '\u200B' });
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ '@message': 'a\\u202eb\\u001b[2J', k: '\\u200b' });
});

test.each(['', 'u', 'us', 'user_1'])('a key is masked in the Basic header of %j', (user) => {
  const key = 'FirstCanaryKey000001';
  const scrubber = new Scrubber();
  scrubber.registerText(key);
  const header = Buffer.from(`${user}:${key}`).toString('base64');
  const [before = '', after = ''] = scrubber.scrub(header).split('***');
  // Whole groups of three bytes are gone; what is left of the key is two bytes at either end at most.
  const left = Buffer.from(before, 'base64').length - `${user}:`.length + Buffer.from(after, 'base64').length;
  expect(left).toBeLessThanOrEqual(4);
  expect(`${before}${after}`).not.toBe(header);
});

test('thousands of secrets, each learned between two texts, are all masked', () => {
  const scrubber = new Scrubber();
  const texts = Array.from({ length: 2000 }, (_, index) => {
    scrubber.registerText(`secret-${index}`);
    return scrubber.scrub(`a secret-${index}, b`);
  });
  expect(new Set(texts)).toEqual(new Set(['a ***, b']));
});

test('what is too short to be a secret is left alone, and nothing is not a secret', () => {
  const scrubber = new Scrubber();
  for (const text of ['', 'a', 'true']) scrubber.register(new Secret(text));
  expect(scrubber.scrub('a is true')).toBe('a is true');
});

test('everything under a sensitive or write-only attribute is found', () => {
  const sensitive = { optional: true, sensitive: true, description: '' } as const;
  const schema = defineSchema({
    description: '',
    attributes: {
      open: attribute.string({ optional: true, description: '' }),
      key: attribute.string(sensitive),
      map: attribute.stringMap(sensitive),
      any: attribute.dynamic(sensitive),
      wo: attribute.string({ optional: true, writeOnly: true, description: '' }),
      list: attribute.listOf({ deep: attribute.strings(sensitive) }, { optional: true, description: '' }),
    },
    blocks: {
      block: { nesting: 'set', description: '', attributes: { inner: attribute.string(sensitive) } },
    },
  });
  const found: string[] = [];
  sensitiveStrings(schema)?.(
    {
      open: 'no',
      key: 'key',
      map: new Map([['a', 'map']]),
      any: new Dynamic(stringType, 'any'),
      wo: 'wo',
      list: [{ deep: ['deep'] }, null],
      block: [{ inner: 'inner' }, { inner: null }],
    },
    (text) => found.push(text),
  );
  expect(found).toEqual(['key', 'map', 'any', 'wo', 'deep', 'inner']);
  expect(sensitiveStrings({ attributes: { open: schema.attributes.open } })).toBeUndefined();
});
