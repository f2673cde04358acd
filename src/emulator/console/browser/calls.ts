/** Calls to the server, and what is said of them. Nothing here is left to reject unheard. */
export const calls = `
let me = '';
let unanswered = false;

/** The answer; an error in words when there is none, or when it is a refusal. */
async function call(method, path, body) {
  const headers = body === undefined ? {} : { 'Content-Type': 'application/json' };
  let response;
  let answer;
  try {
    response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    answer = await response.json();
  } catch {
    unanswered = true;
    throw new Error('The server does not answer. What is shown may be out of date.');
  }
  if (unanswered) {
    unanswered = false;
    say('The server answers again.');
  }
  if (response.ok) return answer;
  throw new Error(answer.message || (answer.problems || []).map((problem) => problem.summary).join('; ') || 'It failed.');
}

/** Says it where it is seen and heard, once. */
function say(text, bad) {
  const notice = byId('notice');
  notice.className = bad ? 'bad' : '';
  if (notice.textContent !== text) notice.textContent = text;
}

/** Does it; a failure is said, to 'tell' or for all to see, and gives undefined. */
async function attempt(work, tell) {
  try {
    return await work();
  } catch (error) {
    (tell || ((text) => say(text, true)))(error.message);
    return undefined;
  }
}

/** What a member clicked on: done, drawn, told. */
function act(action, fields, told, tell) {
  return attempt(async () => {
    const done = await call('POST', '/_local/console/act', { as: me, action, ...fields });
    if (told) say(told);
    await refresh();
    return done;
  }, tell);
}
`;
