import { pagesUnder, playAll } from './play-all.ts';

playAll(pagesUnder('examples').filter((path) => path.endsWith('/notes.md')));
