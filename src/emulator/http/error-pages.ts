import type { Behaviours } from '../behaviours/index.ts';
import { type Answer, html, json, plain, withHeaders } from './responses.ts';

const DENIED = 'HTTP Basic: Access denied.\n';

/** What every 401 must carry; without it the client of Java's library throws. */
export const challenge = { 'WWW-Authenticate': 'Basic realm="Application"' };

/** The 401 of a Rails application, as a probe of the host showed it: bare text that calls itself HTML. */
export function unauthorized(behaviours: Behaviours): Answer {
  switch (behaviours['unauthorized-answer']) {
    case 'html':
      return html(401, DENIED, challenge);
    case 'plain':
      return plain(401, DENIED, challenge);
    case 'json':
      return withHeaders(json({ error: { code: 401, message: 'Access denied.' } }, 401), challenge);
  }
}

/** The 401 of the projects API, which speaks JSON. */
export function authorizationFailed(): Answer {
  return withHeaders(
    json({ code: 'AUTHORIZATION_FAILED', message: 'Authorization failed.' }, 401),
    challenge,
  );
}

/** A default page of nginx, as the host answers for paths it does not know and while it is in trouble. */
export function nginxPage(status: number): Answer {
  const title = `${status} ${titles[status] ?? 'Error'}`;
  const lines = [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ];
  return html(status, lines.join('\r\n'), status === 401 ? challenge : {});
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Authorization Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Not Allowed',
  408: 'Request Time-out',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  431: 'Request Header Fields Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad RequestPipeline',
  503: 'Service Temporarily Unavailable',
  504: 'RequestPipeline Time-out',
};
