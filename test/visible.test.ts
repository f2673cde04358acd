import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visible } from '../src/visible.ts';

test.each([
  ['an escape sequence', 'a\x1b[2Jb', 'a\\u001b[2Jb'],
  ['the one-byte form of it', 'a\x9b2Jb', 'a\\u009b2Jb'],
  ['a title of the window', '\x1b]0;x\x07', '\\u001b]0;x\\u0007'],
  ['a line that overwrites itself', 'bad\rgood', 'bad\\u000dgood'],
  ['the two characters of a line end', 'a\r\nb', 'a\r\nb'],
  ['a backspace', 'a\bb', 'a\\u0008b'],
  ['a turned direction', 'a\u202Egnp.exe', 'a\\u202egnp.exe'],
  ['an isolate', '\u2066a\u2069', '\\u2066a\\u2069'],
  ['no width', 'a\u200Bb\u200D\uFEFFc\u2060\u00AD', 'a\\u200bb\\u200d\\ufeffc\\u2060\\u00ad'],
  ['another break of lines', 'a\u2028b\u0085', 'a\\u2028b\\u0085'],
  ['a tag', 'a\u{E0041}', 'a\\udb40\\udc41'],
  ['half a pair', 'a\uD800b', 'a\\ud800b'],
  ['a letter without a shape', 'a\u3164', 'a\\u3164'],
  ['nothing of what can be seen', 'Zoë\n\t"家族" 🙂 ✔️ \\', 'Zoë\n\t"家族" 🙂 ✔️ \\'],
])('%s', (_what, text, seen) => {
  expect(visible(text)).toBe(seen);
});

test('inside JSON it is the same value', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const json = visible(JSON.stringify({ text }));
      expect(JSON.parse(json)).toEqual({ text });
      expect(json).not.toMatch(/[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u);
    }),
  );
});
