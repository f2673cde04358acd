import type { Plugin } from 'esbuild';

export declare const serverOnlyGrpc: Plugin;
