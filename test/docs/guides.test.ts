import { pagesUnder, playAll } from './play-all.ts';

playAll(pagesUnder('docs/guides'));
