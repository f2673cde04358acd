// The command line of a clone, in the directory it is called from: `npm run -s cli -- plan`. `npx browserstack-iac` would
// pack, install and build the clone into npm's cache first.

process.chdir(process.env.INIT_CWD ?? process.cwd());
await import('../src/entry/cli.ts');
