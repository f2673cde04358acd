import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A remote state, as Terraform's `http` backend knows it. It can refuse to be written. */
export class StateStore {
  readonly url: string;
  /** Empty: there is none. */
  text = '';
  isReadOnly = false;
  refusals = 0;
  readonly #close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  static async open(): Promise<StateStore> {
    const server = createServer(async (request, response) => {
      if (request.method === 'GET') {
        response.writeHead(store.text === '' ? 404 : 200).end(store.text);
        return;
      }
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      if (store.isReadOnly) store.refusals += 1;
      else store.text = Buffer.concat(chunks).toString('utf8');
      response.writeHead(store.isReadOnly ? 500 : 200).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A server that listens on TCP has such an address.
    const { port } = server.address() as AddressInfo;
    const close = () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      });
    const store = new StateStore(`http://127.0.0.1:${port}/state`, close);
    return store;
  }

  /** `backend "http"`, giving up at the first refusal. */
  get backend(): string {
    return `terraform {
  backend "http" {
    address   = "${this.url}"
    retry_max = 0
  }
}
`;
  }

  close(): Promise<void> {
    return this.#close();
  }
}
