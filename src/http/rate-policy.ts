// The `RateLimit-Policy` header (draft-ietf-httpapi-ratelimit-headers): a list of quotas, `"name";q=15;w=60`.

/** One quota: a quoted name, then its parameters. */
const QUOTA = /"(?:[^"\\]|\\.)*"((?:\s*;\s*[a-z*][\w.*-]*(?:=(?:"(?:[^"\\]|\\.)*"|[^\s;,"]+))?)*)/gu;

/** Requests a minute that all quotas of a header together allow; `undefined` when it says nothing readable. */
export function requestsPerMinute(header: string | undefined): number | undefined {
  const quotas = [...(header ?? '').matchAll(QUOTA)].map(([, parameters = '']) => ({
    requests: numberIn(parameters, 'q'),
    seconds: numberIn(parameters, 'w'),
  }));
  // A server that allows none at all says so with 429.
  const readable = quotas.filter(({ requests, seconds }) => requests > 0 && seconds > 0);
  if (readable.length === 0) return undefined;
  return Math.min(...readable.map(({ requests, seconds }) => (requests * 60) / seconds));
}

function numberIn(parameters: string, name: string): number {
  return Number(new RegExp(`;\\s*${name}=(\\d{1,15})(?![\\w.])`, 'u').exec(parameters)?.[1]);
}
