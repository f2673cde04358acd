// `age --decrypt -i IDENTITY FILE`, by the library that sealed it.

import { readFileSync } from 'node:fs';
import { armor, Decrypter } from 'age-encryption';

const [, , verb, , identity, file] = process.argv;
if (verb !== '--decrypt') throw new Error('only: age --decrypt -i IDENTITY FILE');
const decrypter = new Decrypter();
decrypter.addIdentity(readFileSync(identity, 'utf8').trim());
const sealed = armor.decode(readFileSync(file, 'utf8'));
process.stdout.write(`${await decrypter.decrypt(sealed, 'text')}\n`);
