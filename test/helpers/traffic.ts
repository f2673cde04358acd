import type { Dispatcher } from 'undici';

/** Counts the requests of a dispatcher that are on their way, and tells when there are none. */
export class Traffic {
  #underWay = 0;
  #waiting: (() => void)[] = [];

  readonly interceptor: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
    this.#underWay += 1;
    const done = () => {
      this.#underWay -= 1;
      if (this.#underWay > 0) return;
      for (const wake of this.#waiting.splice(0)) wake();
    };
    return dispatch(options, {
      onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
      onResponseStart: (controller, status, headers, message) =>
        handler.onResponseStart?.(controller, status, headers, message),
      onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
      onResponseEnd: (controller, trailers) => {
        handler.onResponseEnd?.(controller, trailers);
        done();
      },
      onResponseError: (controller, error) => {
        handler.onResponseError?.(controller, error);
        done();
      },
    });
  };

  async atRest(): Promise<void> {
    // Whoever was just answered may be about to send again.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#underWay > 0) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
}
